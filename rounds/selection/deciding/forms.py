"""What is typed when deciding, telling, putting right and giving feedback."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minno_portal.fields import PlainTextField
from rounds.selection.deciding.announcing import LONGEST_SUBJECT
from rounds.selection.deciding.models import LETTER_LENGTH
from rounds.selection.enums import Outcome
from rounds.selection.form_fields import CrispyForm, long_text

LONGEST_QUESTION = 1000
NOT_CHOSEN = (
    (Outcome.RESERVE, Outcome.RESERVE.label),
    (Outcome.NOT_SELECTED, Outcome.NOT_SELECTED.label),
)


def _reason(*, rows: int = 5, help_text: Any = None) -> PlainTextField:
    asked = _(
        "Goes into the letter as you write it. Say what was good and what decided; "
        "needed for reserve and not selected."
    )
    return long_text(
        _("Reason to the applicant"), asked if help_text is None else help_text, rows=rows
    )


def _internal_note() -> PlainTextField:
    return long_text(
        _("Internal note"), _("Only the coordinator and the institution see this."), rows=3
    )


class ReasonForm(CrispyForm):
    """The reason to the applicant and, apart from it, the internal note."""

    reason = _reason()
    internal_note = _internal_note()


class SetAsideForm(CrispyForm):
    """Deciding without the institution, or otherwise than has been told."""

    outcome = forms.ChoiceField(label=_("Decision"), choices=NOT_CHOSEN, widget=forms.RadioSelect)
    reason = _reason()
    internal_note = _internal_note()

    def __init__(self, *args: Any, without: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(value, label) for value, label in NOT_CHOSEN if value != without]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["outcome"].initial = choices[0][0]


class TellForm(CrispyForm):
    """One decision among those to be told: whether now, and its reason."""

    tell = forms.BooleanField(label=_("Tell this now"), required=False, initial=True)
    reason = _reason(rows=4, help_text="")
    # A mark of the letters as they were shown, so that nothing is sent unseen.
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class LetterForm(CrispyForm):
    """A letter as it goes out: subject and text."""

    subject = forms.CharField(label=_("Subject"), max_length=LONGEST_SUBJECT)
    text = PlainTextField(
        label=_("Text of the letter"),
        max_length=LETTER_LENGTH,
        widget=forms.Textarea(attrs={"rows": 14}),
    )


class CorrectionForm(CrispyForm):
    """What is put right."""

    text = long_text(
        _("What is put right"),
        _("Say what was wrong and how it is. The rest of the letter is written for you."),
    )
    text.required = True


class WishForm(CrispyForm):
    """What an association would like to hear about its challenge."""

    question = PlainTextField(
        label=_("What would you like to hear about?"),
        help_text=_("For example: how could we make the challenge clearer?"),
        required=False,
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FeedbackForm(CrispyForm):
    """The coordinator's answer to a wish for feedback."""

    answer = long_text(_("Feedback to the association"), _("Goes out by letter as you write it."))
    answer.required = True
