"""What was answered, grouped so that nobody can be recognised."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from rounds.feedback.charts import distribution
from rounds.feedback.enums import Respondent
from rounds.feedback.models import FeedbackAnswer, FeedbackInvitation
from rounds.feedback.questions import HIGHEST_RATING, LOWEST_RATING, Question, questions_for
from rounds.planning.models import Round

# Answers of fewer people than this could be told apart, so they are not shown.
SMALLEST_GROUP = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """How many gave one rating; `share` is the per cent of those who rated."""

    rating: int
    count: int
    share: int


@dataclass(frozen=True, slots=True)
class RatedResult:
    """The ratings of one statement."""

    question: Question
    count: int
    mean: float | None
    bars: tuple[Bar, ...]

    @property
    def chart(self) -> SafeString:
        """The distribution as a small drawing; the numbers stand beside it as text."""
        return distribution([bar.share for bar in self.bars])


@dataclass(frozen=True, slots=True)
class OpenResult:
    """What was written to one open question, in an order that tells nothing."""

    question: Question
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleResult:
    """One role's participation and, when the group is large enough, its answers."""

    role: str
    invited: int
    answered: int
    rated: tuple[RatedResult, ...] = field(default=())
    open: tuple[OpenResult, ...] = field(default=())

    @property
    def label(self) -> str:
        """The role in words."""
        return str(Respondent(self.role).label)

    @property
    def is_shown(self) -> bool:
        """Whether the group is large enough to be shown."""
        return self.answered >= SMALLEST_GROUP


def results_of(round_: Round) -> list[RoleResult]:
    """Return every asked role's results, in the order of the roles (two queries)."""
    return results_from(list(round_.feedback_invitations.all()), round_)


def results_from(invitations: Sequence[FeedbackInvitation], round_: Round) -> list[RoleResult]:
    """Return the results when the round's invitations are at hand already (one query)."""
    invited = Counter(invitation.role for invitation in invitations)
    answered = Counter(invitation.role for invitation in invitations if invitation.is_answered)
    answers: dict[str, list[FeedbackAnswer]] = defaultdict(list)
    for answer in FeedbackAnswer.objects.filter(round=round_).order_by("pk"):
        answers[answer.role].append(answer)
    return [
        _role_result(role, invited[role], answered[role], answers[role])
        for role in Respondent.values
        if role in invited
    ]


def _role_result(
    role: str, invited: int, answered: int, answers: list[FeedbackAnswer]
) -> RoleResult:
    if len(answers) < SMALLEST_GROUP:
        return RoleResult(role, invited, answered)
    asked = questions_for(role)
    return RoleResult(
        role,
        invited,
        answered,
        rated=tuple(_rated(question, answers) for question in asked.rated),
        open=tuple(_open(question, answers) for question in asked.open),
    )


def _rated(question: Question, answers: Iterable[FeedbackAnswer]) -> RatedResult:
    ratings = [answer.ratings[question.key] for answer in answers if question.key in answer.ratings]
    # A statement that fewer rated than the smallest group would tell those few apart.
    if len(ratings) < SMALLEST_GROUP:
        return RatedResult(question, len(ratings), None, ())
    bars = tuple(
        Bar(rating, ratings.count(rating), round(100 * ratings.count(rating) / len(ratings)))
        for rating in range(LOWEST_RATING, HIGHEST_RATING + 1)
    )
    return RatedResult(question, len(ratings), sum(ratings) / len(ratings), bars)


def _open(question: Question, answers: Iterable[FeedbackAnswer]) -> OpenResult:
    # Sorted by another random order a question, so that one person's texts do not stand in line.
    written = sorted(
        (hashlib.sha256(f"{answer.pk}{question.key}".encode()).digest(), text)
        for answer in answers
        if (text := answer.texts.get(question.key))
    )
    return OpenResult(question, tuple(text for _key, text in written))
