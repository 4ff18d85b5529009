"""What the board reads: six queries at any number of challenges."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from rounds.challenges.enums import TAKES_PLACE
from rounds.challenges.models import Challenge
from rounds.challenges.table.standard import title_as_submitted
from rounds.planning.models import Round
from rounds.selection.assessing.again import newest_version
from rounds.selection.assessing.models import Assignment, Recusal
from rounds.selection.models import Decision
from rounds.selection.standings import Voice, voices_of

# How far back a choice is remembered when the same organisation gives again.
LATELY = dt.timedelta(days=2 * 365)
# What the rows show, and what else the board is made of: a challenge is wide.
_SHOWN = (
    "round",
    "organisation__name",
    "organisation__short_name",
    "status",
    "number",
    "reference",
    "language",
    "title",
    "is_national",
    "hoped_fields",
    "working_language",
    "funding_thought",
    "fund__code",
    "objective__code",
    "announced_at",
    "told_outcome",
    "submitted_at",
    "decided_at",
    "ranking__position",
)


@dataclass(frozen=True, slots=True)
class Aside:
    """Somebody who stands aside from a challenge."""

    challenge_id: int
    user_id: int
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """The latest earlier round in which an organisation's challenge was chosen."""

    code: str
    is_lately: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything about a round that its board is made of, whoever looks."""

    challenges: list[Challenge]
    voices: list[Voice]
    asked: Mapping[int, frozenset[int]]
    asides: list[Aside]
    chosen: Mapping[int, Chosen]
    areas: Mapping[int, Mapping[str, str]]


def read_board(round_: Round) -> Reading:
    """Read a round's board (six queries)."""
    challenges = list(challenges_on_board(round_))
    asides = _asides(round_)
    return Reading(
        challenges=challenges,
        voices=voices_of(round_.pk, aside={(each.challenge_id, each.user_id) for each in asides}),
        asked=_asked(round_),
        asides=asides,
        chosen=_chosen(round_, {each.organisation_id for each in challenges}),
        areas=_areas(round_),
    )


def challenges_on_board(round_: Round) -> QuerySet[Challenge]:
    """Return a round's submitted challenges with what a row shows (one query)."""
    reason = Decision.objects.standing().filter(challenge=OuterRef("pk")).exclude(reason="")
    return (
        Challenge.objects.submitted()
        .filter(round=round_)
        .select_related("organisation", "fund", "objective", "ranking")
        .annotate(
            has_reason=Exists(reason),
            shown_title=title_as_submitted(),
            newest_version=newest_version(),
        )
        .only(*_SHOWN)
    )


def _asked(round_: Round) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = Assignment.objects.filter(challenge__round=round_).order_by()
    for challenge, assessor in rows.values_list("challenge_id", "assessor_id"):
        found[challenge].add(assessor)
    return {challenge: frozenset(people) for challenge, people in found.items()}


def _asides(round_: Round) -> list[Aside]:
    rows = Recusal.objects.filter(challenge__round=round_).order_by("pk")
    return [
        Aside(challenge, user, kind, name or email)
        for challenge, user, kind, name, email in rows.values_list(
            "challenge_id", "user_id", "kind", "user__name", "user__email"
        )
    ]


def _chosen(round_: Round, organisations: Iterable[int]) -> dict[int, Chosen]:
    """Return when the partnership last chose these organisations, before this round."""
    rows = (
        Challenge.objects.filter(
            organisation__in=organisations,
            status__in=TAKES_PLACE,
            round__partnership=round_.partnership_id,
            round__kickoff_on__lt=round_.kickoff_on,
        )
        .order_by("organisation", "-round__kickoff_on")
        .distinct("organisation")
        .values_list("organisation", "round__number", "round__year", "round__kickoff_on")
    )
    since = round_.kickoff_on - LATELY
    return {
        organisation: Chosen(f"{number}/{year}", kickoff >= since)
        for organisation, number, year, kickoff in rows
    }


def _areas(round_: Round) -> dict[int, dict[str, str]]:
    """Return the areas of each challenge by their codes, with their names."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    rows = Challenge.objects.filter(round=round_, number__isnull=False, counties__isnull=False)
    named = rows.order_by("counties__code").values_list("pk", "counties__code", "counties__name")
    for challenge, code, name in named:
        found[challenge][code] = name
    return dict(found)
