"""What is typed when assessing, proposing, answering and giving reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rounds.challenges.models import Challenge
from rounds.selection.criteria import ANCHORS
from rounds.selection.enums import Answer, Outcome
from rounds.selection.models import HIGHEST_SCORE, LOWEST_SCORE, Assessment, Criterion, Proposal
from rounds.selection.services import PacketItem

LONGEST_TEXT = 2000
SET_ASIDE = (
    (Outcome.RESERVE, Outcome.RESERVE.label),
    (Outcome.NOT_SELECTED, Outcome.NOT_SELECTED.label),
)


def _text(label: Any, help_text: Any = "", *, rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows, "data-counter": LONGEST_TEXT}),
    )


def _reason() -> forms.CharField:
    return _text(
        _("Reason to the applicant"),
        _(
            "Goes into the letter as you write it. Say what was good and what decided; "
            "needed for reserve and not selected."
        ),
        rows=5,
    )


def _internal_note() -> forms.CharField:
    return _text(
        _("Internal note"), _("Only the coordinator and the institution see this."), rows=3
    )


class CrispyForm(forms.Form):
    """A form whose page draws the form element around it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class AssessmentForm(CrispyForm):
    """A mark 1–5 for each criterion, and a comment."""

    def __init__(
        self,
        *args: Any,
        criteria: Sequence[Criterion],
        assessment: Assessment | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        given = dict(assessment.scores.values_list("criterion", "value")) if assessment else {}
        marks = [
            (value, f"{value} {ANCHORS[value]}") for value in range(LOWEST_SCORE, HIGHEST_SCORE + 1)
        ]
        for criterion in criteria:
            self.fields[self.name_of(criterion)] = forms.TypedChoiceField(
                label=criterion.name,
                help_text=criterion.description,
                choices=marks,
                coerce=int,
                empty_value=None,
                required=False,
                initial=given.get(criterion.pk),
                widget=forms.RadioSelect,
            )
        self.fields["comment"] = _text(
            _("Comment"), _("The coordinator and the institution see this, the applicant does not.")
        )
        self.fields["comment"].initial = assessment.comment if assessment else ""

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


@dataclass(frozen=True, slots=True)
class PacketRow:
    """One challenge on the packet's page with its three fields."""

    challenge: Challenge
    include: forms.BoundField
    suggested: forms.BoundField
    rationale: forms.BoundField


class PacketForm(CrispyForm):
    """The challenges that can be proposed, in the order of the board."""

    def __init__(
        self,
        *args: Any,
        challenges: Sequence[Challenge],
        presets: Mapping[int, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.challenges = challenges
        for challenge in challenges:
            self._add(challenge, presets[challenge.pk])
        self.fields["message"] = _text(
            _("Message to the institution"), _("Stands in the letter. You can leave this empty.")
        )

    def _add(self, challenge: Challenge, preset: str) -> None:
        pk = challenge.pk
        self.fields[f"include_{pk}"] = forms.BooleanField(
            label=_("In the packet"), required=False, initial=True
        )
        self.fields[f"suggested_{pk}"] = forms.ChoiceField(
            label=_("Suggestion"), choices=Outcome.choices, initial=preset
        )
        self.fields[f"rationale_{pk}"] = _text(_("Reason for the institution"), rows=2)

    def rows(self) -> Iterator[PacketRow]:
        """Yield each challenge with its fields."""
        for challenge in self.challenges:
            pk = challenge.pk
            yield PacketRow(
                challenge, self[f"include_{pk}"], self[f"suggested_{pk}"], self[f"rationale_{pk}"]
            )

    @property
    def items(self) -> list[PacketItem]:
        """What was chosen, in the order of the board."""
        data = self.cleaned_data
        return [
            PacketItem(pk, data[f"suggested_{pk}"], data[f"rationale_{pk}"])
            for pk in (challenge.pk for challenge in self.challenges)
            if data[f"include_{pk}"]
        ]


class ReasonForm(CrispyForm):
    """The reason to the applicant and, apart from it, the internal note."""

    reason = _reason()
    internal_note = _internal_note()


class SetAsideForm(CrispyForm):
    """Deciding without the institution."""

    outcome = forms.ChoiceField(label=_("Decision"), choices=SET_ASIDE, widget=forms.RadioSelect)
    reason = _reason()
    internal_note = _internal_note()


class AnswerForm(forms.Form):
    """The institution's answer to one proposal."""

    answer = forms.ChoiceField(label=_("Answer"), choices=Answer.choices, widget=forms.RadioSelect)
    outcome = forms.ChoiceField(
        label=_("If you do not agree, the challenge is"),
        choices=SET_ASIDE,
        widget=forms.RadioSelect,
        required=False,
        initial=Outcome.NOT_SELECTED,
    )
    note = forms.CharField(
        label=_("Note to the coordinator"),
        help_text=_("Needed when you do not agree. The association does not see it."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agree = gettext("We agree: %(suggestion)s") % {
            "suggestion": proposal.get_suggested_display().lower()
        }
        choices: Iterable[tuple[str, Any]] = (
            (Answer.AGREE.value, agree),
            (Answer.DISAGREE.value, Answer.DISAGREE.label),
        )
        self.fields["answer"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the note where it is needed; agreeing means the coordinator's suggestion."""
        data = self.cleaned_data
        if data.get("answer") == Answer.DISAGREE:
            if not data.get("note"):
                self.add_error("note", gettext("Tell the coordinator why you do not agree."))
        else:
            data["outcome"] = None
        data["outcome"] = data.get("outcome") or None
        return data
