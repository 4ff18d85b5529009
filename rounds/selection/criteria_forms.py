"""The criteria of a round on one page: texts in three languages, weight, order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext_lazy as _

from minno_portal.fields import PlainTextField
from minno_portal.languages import language_name
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


class CriterionForm(forms.Form):
    """One criterion; an empty new one is left out."""

    pk = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    place = forms.IntegerField(label=_("Order"), min_value=0, max_value=99, required=False)
    weight = forms.IntegerField(
        label=_("Weight"), min_value=SMALLEST_WEIGHT, max_value=LARGEST_WEIGHT
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for text in TEXTS:
            most = getattr(Criterion, text).field.max_length
            for language in LANGUAGES:
                self.fields[f"{text}_{language}"] = PlainTextField(
                    label=f"{_LABELS[text]} ({language_name(language)})",
                    required=text == "name" and language == "fi",
                    max_length=most,
                    widget=_WIDGETS[text](attrs={"lang": language, "data-counter": most}),
                )

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
