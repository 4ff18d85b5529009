"""The form of a role: one field a question."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from rounds.feedback.questions import HIGHEST_RATING, LOWEST_RATING, TEXT_LENGTH, questions_for

RATINGS = [(value, str(value)) for value in range(LOWEST_RATING, HIGHEST_RATING + 1)]
RATING_PREFIX = "rating-"
TEXT_PREFIX = "text-"


class FeedbackForm(forms.Form):
    """The questions of one role; every one may be skipped, but not all."""

    def __init__(self, *args: Any, role: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = questions_for(role)
        layout: list[Field] = []
        for question in asked.rated:
            name = RATING_PREFIX + question.key
            self.fields[name] = forms.TypedChoiceField(
                label=str(question.text),
                choices=RATINGS,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )
            layout.append(Field(name, template="rounds/feedback/_rating.html"))
        for question in asked.open:
            name = TEXT_PREFIX + question.key
            self.fields[name] = forms.CharField(
                label=str(question.text),
                required=False,
                max_length=TEXT_LENGTH,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
            layout.append(Field(name))
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(*layout)

    def clean(self) -> dict[str, Any]:
        """Refuse an answer without any answers."""
        cleaned = super().clean() or {}
        if not self.errors and not self.ratings and not self.texts:
            raise forms.ValidationError(_("Answer at least one question before sending."))
        return cleaned

    @property
    def ratings(self) -> dict[str, int]:
        """The given ratings by the key of the question."""
        return self._given(RATING_PREFIX)

    @property
    def texts(self) -> dict[str, str]:
        """The given texts by the key of the question."""
        return self._given(TEXT_PREFIX)

    def _given(self, prefix: str) -> dict[str, Any]:
        return {
            name.removeprefix(prefix): value
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix) and value
        }
