"""What is typed when assessing, standing aside and asking others to assess."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from minno_portal.fields import PlainTextField
from rounds.selection.assessing.anchors import MARKS, anchors_for
from rounds.selection.assessing.models import LONGEST_NOTE
from rounds.selection.assessing.workload import Pair
from rounds.selection.enums import StandsAside
from rounds.selection.models import Assessment, Criterion

LONGEST_COMMENT = 2000


class AssessmentForm(forms.Form):
    """A mark 1–5 for each criterion, each with what it means, and a comment.

    The criteria are read with what the person has given before (`reading.criteria_for`).
    """

    def __init__(
        self,
        *args: Any,
        criteria: Sequence[Any],
        assessment: Assessment | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            self.fields[self.name_of(criterion)] = forms.TypedChoiceField(
                label=criterion.name,
                help_text=criterion.description,
                choices=_marks(criterion),
                coerce=int,
                empty_value=None,
                required=False,
                initial=criterion.given,
                widget=forms.RadioSelect,
            )
        self.fields["comment"] = PlainTextField(
            label=_("Comment"),
            help_text=_("The coordinator and the institution see this, the applicant does not."),
            required=False,
            max_length=LONGEST_COMMENT,
            initial=assessment.comment if assessment else "",
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    @staticmethod
    def name_of(criterion: Criterion) -> str:
        """Return the name of a criterion's field."""
        return f"criterion_{criterion.pk}"

    def clean(self) -> dict[str, Any]:
        """Ask for what is lacking, where the person says that the assessment is done."""
        if "done" in self.data:
            for criterion in self.criteria:
                name = self.name_of(criterion)
                if name not in self.errors and self.cleaned_data.get(name) is None:
                    self.add_error(name, gettext("Choose a mark."))
        return self.cleaned_data

    @property
    def scores(self) -> dict[int, int]:
        """The marks that were given, by the criterion's id."""
        given = {each.pk: self.cleaned_data[self.name_of(each)] for each in self.criteria}
        return {pk: value for pk, value in given.items() if value is not None}

    def marks(self) -> Iterator[tuple[Criterion, forms.BoundField]]:
        """Yield each criterion with its field."""
        for criterion in self.criteria:
            yield criterion, self[self.name_of(criterion)]


def _marks(criterion: Criterion) -> list[tuple[int, str]]:
    meanings = anchors_for(criterion.anchors)
    return [
        (mark, format_html("<b>{}</b> {}", mark, meaning))
        for mark, meaning in zip(MARKS, meanings, strict=True)
    ]


class StandAsideForm(forms.Form):
    """Why the person does not assess a challenge."""

    kind = forms.ChoiceField(
        label=_("Why"),
        choices=(
            (
                StandsAside.CONFLICT.value,
                _("I have a conflict of interest: I do not answer the proposal either"),
            ),
            (StandsAside.ABSTAINS.value, _("I abstain from assessing this one")),
        ),
        widget=forms.RadioSelect,
    )
    note = PlainTextField(
        label=_("Note"),
        help_text=_("Needed for a conflict: say what it is. Both parties see this."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask what the conflict is."""
        data = self.cleaned_data
        if data.get("kind") == StandsAside.CONFLICT and not data.get("note", "x"):
            self.add_error("note", gettext("Tell in a few words what the conflict is."))
        return data


def name_of(pair: Pair) -> str:
    """Return how a pair of a challenge and a person stands in a form."""
    return f"{pair[0]}-{pair[1]}"


class AssignForm(forms.Form):
    """Who is asked to assess what: a box for every pair that can be asked for."""

    ask = forms.MultipleChoiceField(
        required=False,
        error_messages={
            "invalid_choice": _(
                "Somebody was chosen who cannot assess the challenge any more. "
                "Look at the page again."
            )
        },
    )

    def __init__(self, *args: Any, possible: Collection[Pair], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pairs = {name_of(pair): pair for pair in possible}
        self.fields["ask"].choices = [(name, name) for name in self._pairs]  # type: ignore[attr-defined]

    @property
    def typed(self) -> set[Pair]:
        """The pairs whose boxes were ticked, as far as they are known."""
        return {self._pairs[name] for name in self["ask"].data or () if name in self._pairs}

    @property
    def wanted(self) -> set[Pair]:
        """The pairs that are asked for, once the form is valid."""
        return {self._pairs[name] for name in self.cleaned_data["ask"]}
