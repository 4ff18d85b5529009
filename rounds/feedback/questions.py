"""What each role is asked: short sets in code, so that rounds can be compared year after year."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rounds.feedback.enums import Respondent

LOWEST_RATING = 1
HIGHEST_RATING = 5
TEXT_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class Question:
    """One question; the key is what answers are stored under and never changes its meaning."""

    key: str
    text: str | Promise


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """What one role is asked: statements rated 1–5 and open questions."""

    rated: tuple[Question, ...]
    open: tuple[Question, ...]


_GOOD = Question("good", _("What went well?"))
_BETTER = Question("better", _("What should be done differently next time?"))

QUESTIONS: dict[str, QuestionSet] = {
    Respondent.ASSOCIATION: QuestionSet(
        rated=(
            Question("giving", _("Giving the challenge was easy.")),
            Question("informed", _("We knew at every stage what happens next.")),
            Question("team", _("Working with the student team went well.")),
            Question("useful", _("The outcome is useful to us.")),
            Question("again", _("We would give a challenge again.")),
        ),
        open=(_GOOD, _BETTER),
    ),
    Respondent.TEAM: QuestionSet(
        rated=(
            Question("clear", _("The challenge was clear to us.")),
            Question("support", _("The association gave us the time and material we needed.")),
            Question("tutoring", _("We got enough support from our tutor.")),
            Question("learning", _("We learnt skills that we will need in working life.")),
            Question("again", _("We would recommend a challenge from an association to others.")),
        ),
        open=(_GOOD, _BETTER),
    ),
    Respondent.TUTOR: QuestionSet(
        rated=(
            Question("fit", _("The challenge suited the course and its length.")),
            Question("association", _("The association took part as agreed.")),
            Question("coordination", _("The cooperation was well coordinated.")),
            Question("again", _("I would tutor such a project again.")),
        ),
        open=(_GOOD, _BETTER),
    ),
    Respondent.COORDINATOR: QuestionSet(
        rated=(
            Question("workload", _("The working time was reasonable.")),
            Question("institution", _("The cooperation with the institution went well.")),
            Question("associations", _("The associations found their way through the round.")),
            Question("outcomes", _("The outcomes carry on after the round.")),
        ),
        open=(_GOOD, _BETTER),
    ),
}


def questions_for(role: str) -> QuestionSet:
    """Return the questions of a role."""
    return QUESTIONS[role]
