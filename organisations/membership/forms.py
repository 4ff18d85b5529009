"""The form that invites a colleague."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.membership.enums import Role
from organisations.membership.permissions import roles_to_invite
from organisations.people.enums import Language
from organisations.people.models import User
from organisations.register.models import Organisation


class InviteForm(forms.Form):
    """Whom to invite, to which role, and the language of the letter."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    language = forms.ChoiceField(label=_("Language of the letter"), choices=Language.choices)

    def __init__(self, *args: Any, organisation: Organisation, actor: User, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"language": organisation.language})
        super().__init__(*args, **kwargs)
        open_roles = roles_to_invite(actor, organisation)
        role = self.fields["role"]
        role.choices = [pair for pair in Role.choices if pair[0] in open_roles]  # type: ignore[attr-defined]
        if len(open_roles) == 1:
            role.widget = forms.HiddenInput()
            role.initial = open_roles[0]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("email", "role", "language")
