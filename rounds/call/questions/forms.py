"""What the coordinator types about an own question."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minno_portal.fields import PlainTextField
from minno_portal.form_helpers import inner_helper
from minno_portal.languages import language_name
from rounds.call.questions import errors
from rounds.call.questions.enums import Kind, Need
from rounds.call.questions.models import HELP_LENGTH, LABEL_LENGTH, OwnQuestion
from rounds.call.questions.options import LANGUAGES, Option
from rounds.call.questions.services import Wanted


class QuestionForm(forms.Form):
    """A question's kind and need, and its words in every language side by side."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of answer"), choices=Kind.choices)
    need = forms.ChoiceField(
        label=gettext_lazy("Must it be answered?"),
        choices=Need.choices,
        widget=forms.RadioSelect,
        initial=Need.OPTIONAL,
    )

    def __init__(self, *args: Any, question: OwnQuestion | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in LANGUAGES:
            self.fields[f"label_{code}"] = PlainTextField(
                label=_("Question"), max_length=LABEL_LENGTH, required=False
            )
            self.fields[f"help_{code}"] = PlainTextField(
                label=_("Help"),
                max_length=HELP_LENGTH,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        for name, field in self.fields.items():
            code = name.rpartition("_")[2]
            if code in LANGUAGES:
                field.widget.attrs["lang"] = code
                field.label = f"{field.label} ({language_name(code)})"
            if question is not None:
                self.initial.setdefault(name, getattr(question, name) or "")

    @property
    def helper(self) -> FormHelper:
        """How crispy draws the form inside the page's own `<form>`."""
        return inner_helper(self)

    @property
    def words(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The question and its help, language by language."""
        return [(self[f"label_{code}"], self[f"help_{code}"]) for code in LANGUAGES]

    def freeze(self, question: OwnQuestion) -> None:
        """Offer only what does not change the meaning of answers that exist."""
        self.fields["kind"].disabled = True
        if question.need != Need.ALWAYS:
            self.fields["need"].choices = [  # type: ignore[attr-defined]
                choice for choice in Need.choices if choice[0] != Need.ALWAYS
            ]

    def clean(self) -> dict[str, Any]:
        """Ask for the question itself, in whichever language."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        labels = [f"label_{code}" for code in LANGUAGES]
        if not any(values.get(name) or name in self.errors for name in labels):
            self.add_error(labels[0], str(errors.NoWords.sentence))
        if values.get("kind") == Kind.FILE and values.get("need") == Need.ALWAYS:
            self.add_error("need", str(errors.FileNeed.sentence))
        return values

    def wanted(self, options: list[Option]) -> Wanted:
        """Return what the services take."""
        values = self.cleaned_data
        return Wanted(
            kind=values["kind"],
            need=values["need"],
            label={code: values[f"label_{code}"] for code in LANGUAGES},
            help={code: values[f"help_{code}"] for code in LANGUAGES},
            options=options,
        )
