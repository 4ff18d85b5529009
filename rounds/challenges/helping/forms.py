"""The forms of helping: what to complete, and the quality check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from minno_portal.form_helpers import inner_helper
from rounds.challenges.fields import CompleteByField, PlainTextField
from rounds.challenges.helping.enums import QualityPoint, Verdict
from rounds.challenges.helping.models import POINT_LENGTH, QualityMark
from rounds.challenges.helping.points import MOST_POINTS, tidy
from rounds.challenges.helping.quality import ADVICE
from rounds.challenges.helping.services import Mark
from rounds.challenges.models import TEXT_LENGTH
from rounds.challenges.presentation import Row


class PointsField(PlainTextField):
    """Points, one a line."""

    def clean(self, value: Any) -> Any:
        """Return the points as a list, without empty and repeated lines."""
        points = tidy(str(super().clean(value)).split("\n"))
        if len(points) > MOST_POINTS:
            raise forms.ValidationError(
                ngettext_lazy(
                    "Write at most %(most)d point.", "Write at most %(most)d points.", MOST_POINTS
                )
                % {"most": MOST_POINTS}
            )
        for number, point in enumerate(points, start=1):
            if len(point) > POINT_LENGTH:
                raise forms.ValidationError(
                    _("Point %(number)d is too long. A point has at most %(most)d characters.")
                    % {"number": number, "most": POINT_LENGTH}
                )
        return points


class CompletionForm(forms.Form):
    """What should be completed, point by point and in a comment, and by when."""

    points = PointsField(
        label=_("Points to complete, one a line"),
        help_text=_("The association ticks them off as it goes, and you see what is done."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    comment = PlainTextField(
        label=_("Comment"),
        help_text=_("The association sees this and gets it by e-mail."),
        required=False,
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    due_on = CompleteByField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = inner_helper(self)

    def clean(self) -> dict[str, Any]:
        """Ask for a word at least."""
        values = super().clean() or self.cleaned_data
        if not (values.get("points") or values.get("comment") or self.errors):
            self.add_error("points", _("Write a comment or at least one point to complete."))
        return values


class Look:
    """One point of the quality check on its form: what to look at, where, and the two fields."""

    def __init__(self, form: QualityForm, point: QualityPoint) -> None:
        self.rows = [row for name in ADVICE[point].fields if (row := form.answers.get(name))]
        self.point = point
        self.label = point.label
        self.advice = ADVICE[point]
        self.verdict = form[_verdict(point)]
        self.note = form[_note(point)]


class QualityForm(forms.Form):
    """A verdict and advice for each point; a point may wait.

    :param marks: what was thought before, by the point.
    :param answers: the challenge's answers in words, by field, to look at.
    """

    def __init__(
        self,
        *args: Any,
        marks: Mapping[str, QualityMark],
        answers: Mapping[str, Row],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.answers = answers
        for point in QualityPoint:
            mark = marks.get(point)
            # A radio that was chosen cannot be taken back, and so neither can a verdict.
            self.fields[_verdict(point)] = forms.ChoiceField(
                label=point.label,
                choices=Verdict.choices,
                required=False,
                initial=mark.verdict if mark else None,
                widget=forms.RadioSelect,
            )
            self.fields[_note(point)] = PlainTextField(
                label=_("Advice to the association"),
                max_length=POINT_LENGTH,
                required=False,
                initial=mark.note if mark else "",
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def looks(self) -> Iterator[Look]:
        """The points with their fields, in order."""
        return (Look(self, point) for point in QualityPoint)

    @property
    def marks(self) -> dict[str, Mark]:
        """What was thought, by the point, for `mark_quality`."""
        values = self.cleaned_data
        return {
            point.value: Mark(values[_verdict(point)], values[_note(point)])
            for point in QualityPoint
            if values[_verdict(point)]
        }

    def clean(self) -> dict[str, Any]:
        """Advice needs a verdict: without one nobody knows how much it matters."""
        values = super().clean() or self.cleaned_data
        for point in QualityPoint:
            if values.get(_note(point)) and values.get(_verdict(point)) == "":
                self.add_error(_verdict(point), _("Choose what you think of this point."))
        return values


def _verdict(point: QualityPoint) -> str:
    return f"{point.value}_verdict"


def _note(point: QualityPoint) -> str:
    return f"{point.value}_note"
