"""The criteria of a round on one page: texts in three languages, weight, order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext_lazy as _

from minno_portal.fields import PlainTextField
from minno_portal.languages import language_name
from rounds.selection.assessing.anchors import LONGEST_ANCHOR, MARKS, Anchors
from rounds.selection.criteria import LANGUAGES, TEXTS
from rounds.selection.criteria_services import (
    LARGEST_WEIGHT,
    MOST_CRITERIA,
    SMALLEST_WEIGHT,
    CriterionDraft,
)
from rounds.selection.models import Criterion


class _ShortTextarea(forms.Textarea):
    """Room for a sentence or two."""

    def __init__(self, attrs: dict[str, Any]) -> None:
        super().__init__({**attrs, "rows": 3})


_WIDGETS = {"name": forms.TextInput, "description": _ShortTextarea}
_LABELS = {"name": _("Name"), "description": _("What to look at")}


def _anchor(mark: int, language: str) -> str:
    return f"anchor_{mark}_{language}"


def anchor_fields(anchors: Anchors) -> dict[str, str]:
    """Return what the marks of a criterion mean, by the names of the form's fields."""
    return {
        _anchor(mark, language): texts[mark - 1]
        for language, texts in anchors.items()
        for mark in MARKS
        if len(texts) >= mark
    }


class SeenForm(forms.Form):
    """How the others' marks show while one assesses."""

    assesses_unseen = forms.BooleanField(
        label=_("Others' marks and comments show only after one's own assessment"),
        help_text=_(
            "Who reads the others first agrees with them easily. Whoever stands aside sees them, "
            "and both parties see everything when the decisions have been told."
        ),
        required=False,
    )


class CriterionForm(forms.Form):
    """One criterion; an empty new one is left out."""

    pk = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    place = forms.IntegerField(label=_("Order"), min_value=0, max_value=99, required=False)
    weight = forms.IntegerField(
        label=_("Weight"), min_value=SMALLEST_WEIGHT, max_value=LARGEST_WEIGHT
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._add_texts()
        self._add_anchors()

    def _add_texts(self) -> None:
        for text in TEXTS:
            most = getattr(Criterion, text).field.max_length
            for language in LANGUAGES:
                self.fields[f"{text}_{language}"] = PlainTextField(
                    label=f"{_LABELS[text]} ({language_name(language)})",
                    required=text == "name" and language == "fi",
                    max_length=most,
                    widget=_WIDGETS[text](attrs={"lang": language, "data-counter": most}),
                )

    def _add_anchors(self) -> None:
        for mark in MARKS:
            for language in LANGUAGES:
                self.fields[_anchor(mark, language)] = PlainTextField(
                    label=_("Mark %(mark)s (%(language)s)")
                    % {"mark": mark, "language": language_name(language)},
                    required=False,
                    max_length=LONGEST_ANCHOR,
                    widget=_ShortTextarea(attrs={"lang": language, "data-counter": LONGEST_ANCHOR}),
                )

    def anchors(self) -> Iterator[forms.BoundField]:
        """Yield the fields of what the marks mean, mark by mark, language by language."""
        for mark in MARKS:
            for language in LANGUAGES:
                yield self[_anchor(mark, language)]

    @property
    def has_anchor_errors(self) -> bool:
        """Whether one of those fields has to be corrected."""
        return any(field.errors for field in self.anchors())

    def texts(self) -> Iterator[forms.BoundField]:
        """Yield the fields of the texts, name before description, language by language."""
        for text in TEXTS:
            for language in LANGUAGES:
                yield self[f"{text}_{language}"]

    @property
    def draft(self) -> CriterionDraft:
        """What was typed."""
        texts = {f"{text}_{code}": "" for text in TEXTS for code in LANGUAGES}
        return CriterionDraft(
            pk=self.cleaned_data.get("pk"),
            weight=self.cleaned_data["weight"],
            texts={name: self.cleaned_data.get(name) or "" for name in texts},
            anchors={
                code: [self.cleaned_data.get(_anchor(mark, code)) or "" for mark in MARKS]
                for code in LANGUAGES
            },
        )


class CriteriaForms(BaseFormSet):  # type: ignore[type-arg]
    """The forms of a round's criteria."""

    def clean(self) -> None:
        """Ask for at least one."""
        if not any(self.errors) and not self.drafts:
            raise forms.ValidationError(_("A round needs at least one criterion."))

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """Call removing by its name."""
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Remove this criterion")

    @property
    def drafts(self) -> list[CriterionDraft]:
        """The criteria that were typed, in the order of their numbers."""
        kept = [
            form
            for form in self.forms
            if (form.initial or form.has_changed()) and not form.cleaned_data.get("DELETE")
        ]
        kept.sort(key=lambda form: form.cleaned_data.get("place") or 99)
        return [form.draft for form in kept]


_FormSet = forms.formset_factory(
    CriterionForm,
    formset=CriteriaForms,
    extra=1,
    can_delete=True,
    max_num=MOST_CRITERIA,
    absolute_max=MOST_CRITERIA + 3,
    validate_max=True,
)


def criteria_forms(data: Any, known: Sequence[Mapping[str, Any]]) -> CriteriaForms:
    """Return a form for each criterion that is known, and one for a new one."""
    return cast("CriteriaForms", _FormSet(data, initial=known, prefix="criteria"))
