"""Forms about signing in and oneself."""

from __future__ import annotations

from typing import Any

import phonenumbers
from allauth.account.forms import RequestLoginCodeForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from organisations.people.enums import Language
from organisations.people.models import User
from organisations.people.services import ensure_person


class RequestCodeForm(RequestLoginCodeForm):  # type: ignore[misc]
    """Asks for an address and sends a code to it, whether it is known or new."""

    _user: User | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["email"]
        field.label = _("Your e-mail address")
        field.widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        """Make an account for a new address, after allauth has counted the request."""
        email: str = super().clean_email()
        found: User | None = self._user
        if email and (found is None or found.email == email.lower()):
            person = ensure_person(email, language=get_language() or "")
            self._user = person if person.is_active else None
        return email


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Adds a passkey, which opens the portal without a code, unless one unticks that."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["passwordless"]
        field.initial = True
        field.label = _("Sign in with this passkey alone")
        field.help_text = _("Untick for a plain security key, which is asked for after the code.")


def normal_phone(value: str) -> str:
    """Return a telephone number as it is written in Finland, or abroad with its country code.

    :raises ValidationError: when it cannot be a telephone number.
    """
    if not value.strip():
        return ""
    try:
        number = phonenumbers.parse(value, "FI")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise forms.ValidationError(_("Check the telephone number, for example 040 1234567."))
    form = phonenumbers.PhoneNumberFormat
    is_finnish = number.country_code == phonenumbers.country_code_for_region("FI")
    return phonenumbers.format_number(number, form.NATIONAL if is_finnish else form.INTERNATIONAL)


class MeForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a person tells of themselves."""

    class Meta:
        model = User
        fields = ("name", "phone", "language", "weekly_digest")
        widgets = {  # noqa: RUF012 (Django's own way)
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        }

    def __init__(self, *args: Any, gets_digest: bool = False, **kwargs: Any) -> None:
        """Ask what concerns the person.

        :param gets_digest: whether the weekly letter goes to people in their role.
        """
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = Language.choices  # type: ignore[attr-defined]
        if not gets_digest:
            del self.fields["weekly_digest"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(*self.fields)

    def clean_phone(self) -> str:
        """Write the number in one way."""
        return normal_phone(self.cleaned_data["phone"])
