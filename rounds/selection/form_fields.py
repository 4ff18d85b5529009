"""What the forms of the selection are made of."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from minno_portal.fields import PlainTextField

LONGEST_TEXT = 2000


def long_text(label: Any, help_text: Any = "", *, rows: int = 4) -> PlainTextField:
    """Return a field for some paragraphs, which may be left empty."""
    return PlainTextField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class CrispyForm(forms.Form):
    """A form whose page draws the form element around it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
