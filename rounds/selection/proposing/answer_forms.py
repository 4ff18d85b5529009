"""What the institution's staff fill in: an answer to one proposal, or to several at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from minno_portal.fields import PlainTextField
from rounds.selection.enums import Answer, Outcome
from rounds.selection.form_fields import long_text
from rounds.selection.models import Proposal
from rounds.selection.proposing.answering import MOST_TEAMS, Given

OTHERWISE = (
    (Outcome.NOT_SELECTED, Outcome.NOT_SELECTED.label),
    (Outcome.RESERVE, Outcome.RESERVE.label),
)
LATER = ("", _("Leave for later"))


class AnswerForm(forms.Form):
    """The institution's answer to one proposal, with the tutor where one is known already."""

    answer = forms.ChoiceField(label=_("Answer"), widget=forms.RadioSelect)
    outcome = forms.ChoiceField(
        label=_("If you do not agree, the challenge is"),
        choices=OTHERWISE,
        widget=forms.RadioSelect,
        required=False,
        initial=Outcome.NOT_SELECTED,
    )
    note = long_text(
        _("Note to the coordinator"),
        _("Needed when you do not agree or ask for a change. The association does not see it."),
    )
    tutor_name = PlainTextField(label=_("Tutor"), required=False, max_length=120)
    tutor_email = forms.EmailField(
        label=_("E-mail of the tutor"), required=False, max_length=254, widget=forms.EmailInput
    )
    teams = forms.IntegerField(
        label=_("Number of teams"), required=False, min_value=1, max_value=MOST_TEAMS
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposal = proposal
        suggestion = proposal.get_suggested_display().lower()
        agree = gettext("We agree: %(suggestion)s") % {"suggestion": suggestion}
        self.fields["answer"].choices = [  # type: ignore[attr-defined]
            (Answer.AGREE.value, agree),
            (Answer.CHANGE.value, Answer.CHANGE.label),
            (Answer.DISAGREE.value, Answer.DISAGREE.label),
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the note where it is needed; only disagreeing has an outcome of its own."""
        data = self.cleaned_data
        answer = data.get("answer")
        if not (data.get("note") or "note" in self.errors):
            if answer == Answer.DISAGREE:
                self.add_error("note", gettext("Tell the coordinator why you do not agree."))
            elif answer == Answer.CHANGE:
                self.add_error("note", gettext("Tell the coordinator what is to be changed."))
        if answer != Answer.DISAGREE:
            data["outcome"] = None
        data["outcome"] = data.get("outcome") or None
        return data

    @property
    def given(self) -> Given:
        """The answer as the service takes it."""
        return Given(self.proposal.pk, **self.cleaned_data)

    @property
    def of_answer(self) -> list[forms.BoundField]:
        """The fields of the answer itself."""
        return [self[name] for name in ("answer", "outcome", "note")]

    @property
    def of_work(self) -> list[forms.BoundField]:
        """The fields that can be named at once when agreeing."""
        return [self[name] for name in ("tutor_name", "tutor_email", "teams")]


class RowForm(AnswerForm):
    """One row of a list of answers; a row can be left for later."""

    tutor_name = tutor_email = teams = None  # type: ignore[assignment]

    def __init__(self, *args: Any, proposal: Proposal, preset: str = "", **kwargs: Any) -> None:
        super().__init__(*args, proposal=proposal, prefix=f"p{proposal.pk}", **kwargs)
        field: Any = self.fields["answer"]
        field.choices = [*field.choices, LATER]
        field.required = False
        field.initial = preset
        self.fields["note"].widget.attrs["rows"] = 2

    @cached_property
    def is_given(self) -> bool:
        """Whether the row has an answer."""
        return bool(self.cleaned_data.get("answer"))
