"""The form of a partnership's name, address, sign-offs and logo in letters."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from minno_portal.fields import PlainTextField
from minno_portal.form_helpers import inner_helper
from minno_portal.languages import language_name
from organisations.partnership.models import LONGEST_SENDER_NAME, SIGN_OFF_LENGTH, Partnership

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


class SenderForm(forms.Form):
    """What stands around every letter of a partnership."""

    sender_name = forms.CharField(
        label=_("Sender’s name"),
        max_length=LONGEST_SENDER_NAME,
        required=False,
        help_text=_("For example: Example Umbrella. Empty: the portal’s own name."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    reply_to = forms.EmailField(
        label=_("Address for replies"),
        max_length=254,
        help_text=_("Answers to letters go here, and so do the portal’s notices to you."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_(
            "A PNG or JPEG image of at most 2 MB, shown small at the head of letters on a "
            "white ground."
        ),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
    )
    remove_logo = forms.BooleanField(label=_("Letters without a logo"), required=False)

    def __init__(self, *args: Any, partnership: Partnership) -> None:
        super().__init__(*args)
        self.initial = {"sender_name": partnership.sender_name, "reply_to": partnership.reply_to}
        for code in LANGUAGES:
            self.fields[f"sign_off_{code}"] = self._sign_off(partnership, code)
        if not partnership.logo:
            del self.fields["remove_logo"]
        names = ["sender_name", "reply_to", *(f"sign_off_{code}" for code in LANGUAGES), "logo"]
        self.order_fields(names)
        self.helper = inner_helper(self)

    @staticmethod
    def _sign_off(partnership: Partnership, code: str) -> PlainTextField:
        return PlainTextField(
            label=format_lazy(_("Sign-off in {language}"), language=language_name(code)),
            max_length=SIGN_OFF_LENGTH,
            initial=getattr(partnership, f"sign_off_{code}"),
            widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
        )

    @property
    def sign_offs(self) -> dict[str, str]:
        """The sign-offs by language."""
        return {code: self.cleaned_data[f"sign_off_{code}"] for code in LANGUAGES}
