"""What coordinators type about a letter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from minno_portal.fields import PlainTextField
from minno_portal.form_helpers import inner_helper
from minno_portal.outbox.rendering import LONGEST_SUBJECT, clean_text

LONGEST_TEXT = 10_000
_ROWS = 22


class LetterForm(forms.Form):
    """A held letter's subject and text."""

    subject = PlainTextField(label=_("Subject"), max_length=LONGEST_SUBJECT)
    text = PlainTextField(
        label=_("Text"),
        max_length=LONGEST_TEXT,
        help_text=_("An empty line begins a new paragraph; a line that begins with - is a list."),
        widget=forms.Textarea(attrs={"rows": _ROWS}),
    )
    # Which edition of the letter was opened.
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = inner_helper(self)

    def clean_text(self) -> str:
        """Refuse a text of nothing but characters that nobody sees."""
        text = str(self.cleaned_data["text"])
        if not clean_text(text).strip():
            raise ValidationError(_("Write the text of the letter."))
        return text


class AgainForm(forms.Form):
    """To which address a letter is sent again."""

    recipient = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("Correct the address here if it was wrong."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = inner_helper(self)
