"""The form of a letter's text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minno_portal.fields import PlainTextField
from minno_portal.form_helpers import inner_helper
from minno_portal.outbox.rendering import Written
from minno_portal.outbox.text_errors import TextRefused
from minno_portal.outbox.texts import LONGEST_TEXT


class LetterTextForm(forms.Form):
    """Subject and text, as the person types them: what is wrong with them the service says."""

    subject = forms.CharField(label=_("Subject"), required=False, strip=False)
    text = PlainTextField(
        label=_("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "data-counter": str(LONGEST_TEXT)}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # Hidden characters are taken out by the service, not complained of.
            field.validators = []
            field.widget.attrs["lang"] = language
        self.helper = inner_helper(self)

    @property
    def typed(self) -> Written:
        """What the person has typed."""
        return Written(self.data.get("subject", ""), self.data.get("text", ""))

    @property
    def seen_mark(self) -> str:
        """Which text the person began from."""
        return str(self.data.get("seen", ""))

    def began_from(self, mark: str) -> None:
        """Let the next saving begin from another text."""
        self.data = {**self.data.dict(), "seen": mark}  # type: ignore[attr-defined]

    def say(self, refusal: TextRefused) -> None:
        """Show what has to be corrected, each at its field."""
        for field, sentence in refusal.problems:
            self.add_error(field, sentence)
