"""Everything a round's report tells, gathered once: plain values, no database behind them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from minno_portal import clock
from rounds.challenges.enums import TAKES_PLACE, Status
from rounds.challenges.models import Challenge
from rounds.feedback.results import RoleResult, results_of
from rounds.outcomes.models import Outcome
from rounds.planning.calendar import FIELDS
from rounds.planning.models import Phase, Round
from rounds.selection.assessing.visibility import is_open_to_parties
from rounds.selection.deciding.log import log_of
from rounds.selection.enums import Party
from rounds.selection.models import Decision
from rounds.selection.standings import Standing, standings_of, voices_of


@dataclass(frozen=True, slots=True)
class DateLine:
    """One date of the round's calendar; `at` is set where the clock matters."""

    label: str
    day: dt.date
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """One phase's working days; the estimate is None where it varies."""

    number: int
    short_name: str
    name: str
    estimated: Decimal | None
    logged: Decimal


@dataclass(frozen=True, slots=True)
class ChallengeLine:
    """One submitted challenge; the means are those of the parties' finished assessments."""

    number: int
    reference: str
    title: str
    language: str
    association: str
    status: str
    status_label: str
    coordinator_mean: float | None
    institution_mean: float | None
    teams: tuple[str, ...]
    tutors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision: what, by whom, when and why; replaced ones stay in the log."""

    reference: str
    title: str
    language: str
    outcome: str
    decided_by: str
    decided_at: dt.datetime
    told_at: dt.datetime | None
    reason: str
    is_replaced: bool


@dataclass(frozen=True, slots=True)
class LogLine:
    """One turn of the selection: what, of which challenge, by whom and when; nobody's notes."""

    at: dt.datetime
    what: str
    who: str
    reference: str
    title: str
    language: str
    said: str


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """One outcome of a project."""

    title: str
    language: str
    kind: str
    association: str
    summary: str
    link: str
    published_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """The report's contents."""

    round: Round
    made_at: dt.datetime
    dates: tuple[DateLine, ...]
    phases: tuple[PhaseLine, ...]
    challenges: tuple[ChallengeLine, ...]
    decisions: tuple[DecisionLine, ...]
    log: tuple[LogLine, ...]
    outcomes: tuple[OutcomeLine, ...]
    feedback: tuple[RoleResult, ...]

    @property
    def by_status(self) -> list[tuple[str, str, int]]:
        """How many challenges stand in each status: (status, its name, count), life's order."""
        counts = Counter(line.status for line in self.challenges)
        return [(key, str(Status(key).label), counts[key]) for key in Status if counts[key]]

    @property
    def chosen(self) -> int:
        """How many challenges took one of the round's places."""
        return sum(line.status in TAKES_PLACE for line in self.challenges)

    @property
    def associations(self) -> int:
        """How many associations gave a challenge."""
        return len({line.association for line in self.challenges})

    @property
    def estimated_days(self) -> Decimal:
        """The estimated working days of all phases that have an estimate."""
        return sum((line.estimated or Decimal(0) for line in self.phases), Decimal(0))

    @property
    def logged_days(self) -> Decimal:
        """The logged working days of all phases."""
        return sum((line.logged for line in self.phases), Decimal(0))

    @property
    def invited(self) -> int:
        """How many people were asked for feedback."""
        return sum(result.invited for result in self.feedback)

    @property
    def answered(self) -> int:
        """How many people gave feedback."""
        return sum(result.answered for result in self.feedback)

    @property
    def has_assessments(self) -> bool:
        """Whether any finished assessment exists."""
        return any(line.coordinator_mean or line.institution_mean for line in self.challenges)


def gather(round_: Round) -> RoundFigures:
    """Read a round's figures in the active language (fourteen queries at any size).

    :param round_: with its partnership and the partnership's organisations.
    """
    return RoundFigures(
        round=round_,
        made_at=clock.now(),
        dates=tuple(_dates(round_)),
        phases=tuple(_phases(round_)),
        challenges=tuple(_challenges(round_)),
        decisions=tuple(_decisions(round_)),
        log=tuple(_log(round_)),
        outcomes=tuple(_outcomes(round_)),
        feedback=tuple(results_of(round_)),
    )


def _dates(round_: Round) -> Iterable[DateLine]:
    for name in FIELDS:
        value = getattr(round_, name)
        label = str(getattr(Round, name).field.verbose_name)
        if isinstance(value, dt.datetime):
            yield DateLine(label, value.astimezone(clock.HELSINKI).date(), value)
        elif value is not None:
            yield DateLine(label, value)


def _phases(round_: Round) -> Iterable[PhaseLine]:
    phases = Phase.objects.filter(round=round_).annotate(logged=Sum("work_logs__days"))
    for phase in phases.order_by("number"):
        yield PhaseLine(
            number=phase.number,
            short_name=str(phase.short_name),
            name=phase.get_key_display(),
            estimated=phase.estimated_days,
            logged=phase.logged or Decimal(0),
        )


def _challenges(round_: Round) -> Iterable[ChallengeLine]:
    # Everybody of both parties reads the report, also who has not given their own marks yet.
    standings = standings_of(voices_of(round_.pk)) if is_open_to_parties(round_) else {}
    challenges = (
        Challenge.objects.filter(round=round_)
        .submitted()
        .select_related("organisation")
        .prefetch_related("teams")
    )
    for challenge in challenges.order_by("number"):
        teams = challenge.teams.all()
        means = standings.get(challenge.pk, {})
        yield ChallengeLine(
            number=challenge.number or 0,
            reference=challenge.reference,
            title=challenge.title,
            language=challenge.language,
            association=challenge.organisation.name,
            status=challenge.status,
            status_label=challenge.get_status_display(),
            coordinator_mean=means.get(Party.COORDINATOR, Standing()).mean,
            institution_mean=means.get(Party.INSTITUTION, Standing()).mean,
            teams=tuple(team.name for team in teams),
            tutors=tuple(dict.fromkeys(team.tutor_name for team in teams if team.tutor_name)),
        )


def _decisions(round_: Round) -> Iterable[DecisionLine]:
    decisions = Decision.objects.filter(challenge__round=round_).select_related(
        "challenge", "decided_by"
    )
    for decision in decisions.order_by("decided_at", "pk"):
        yield DecisionLine(
            reference=decision.challenge.reference,
            title=decision.challenge.title,
            language=decision.challenge.language,
            outcome=decision.get_outcome_display(),
            decided_by=str(decision.decided_by),
            decided_at=decision.decided_at,
            told_at=decision.announced_at,
            reason=decision.reason,
            is_replaced=decision.superseded_at is not None,
        )


def _log(round_: Round) -> Iterable[LogLine]:
    """Yield the decision log; reasons stand with the decisions, and notes stay with the parties."""
    for entry in log_of(round_):
        yield LogLine(
            at=entry.at,
            what=str(entry.what),
            who=entry.who,
            reference=entry.challenge.reference if entry.challenge else "",
            title=entry.challenge.title if entry.challenge else "",
            language=entry.challenge.language if entry.challenge else "",
            said=entry.why if entry.kind == "correction" else "",
        )


def _outcomes(round_: Round) -> Iterable[OutcomeLine]:
    outcomes = Outcome.objects.filter(challenge__round=round_).select_related(
        "challenge__organisation"
    )
    for outcome in outcomes.order_by("challenge__number", "pk"):
        yield OutcomeLine(
            title=outcome.title,
            language=outcome.language,
            kind=outcome.get_kind_display(),
            association=outcome.challenge.organisation.name,
            summary=outcome.summary,
            link=outcome.link,
            published_at=outcome.published_at,
        )
