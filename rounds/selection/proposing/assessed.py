"""What both parties' assessments say of a challenge, as a packet keeps it when it is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minno_portal.templatetags.portal import decimal
from rounds.planning.models import Round
from rounds.selection.assessing.models import Recusal
from rounds.selection.enums import Party
from rounds.selection.models import Assessment
from rounds.selection.standings import Standing, standings_of, voices_of

Assessed = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What one person wrote when assessing."""

    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Side:
    """One party's view of a challenge: its mean from 1 to 5, how far its people differ, why."""

    party: str
    name: str
    mean: float | None
    spread: float
    count: int
    comments: tuple[Said, ...]

    @property
    def words(self) -> str:
        """The view in words: 4,2 (two assessments, spread 1,0)."""
        if self.mean is None:
            return _("not assessed")
        counted = ngettext("one assessment", "%(count)d assessments", self.count) % {
            "count": self.count
        }
        if self.count == 1:
            return f"{decimal(self.mean, 1)} ({counted})"
        spread = _("spread %(spread)s") % {"spread": decimal(self.spread, 1)}
        return f"{decimal(self.mean, 1)} ({counted}, {spread})"


def assessed_of(round_id: int, challenges: Sequence[int]) -> dict[int, Assessed]:
    """Return by challenge what the done assessments say now, as JSON can keep it (two queries)."""
    standings = standings_of(voices_of(round_id, challenges=challenges))
    found: dict[int, Assessed] = {
        pk: {party: _plain(standings.get(pk, {}).get(party, Standing())) for party in Party.values}
        for pk in challenges
    }
    for each in _with_comment(challenges):
        said = {"by": str(each.assessor), "text": each.comment}
        found[each.challenge_id][each.party]["comments"].append(said)
    return found


def _plain(standing: Standing) -> dict[str, Any]:
    return {
        "mean": None if standing.mean is None else round(standing.mean, 4),
        "spread": round(standing.spread, 4),
        "count": standing.count,
        "comments": [],
    }


def _with_comment(challenges: Sequence[int]) -> list[Assessment]:
    """Return the assessments with a word in them; who stands aside has no say."""
    aside = Recusal.objects.filter(challenge=OuterRef("challenge"), user=OuterRef("assessor"))
    rows: list[Assessment] = list(
        Assessment.objects.filter(~Exists(aside), challenge__in=challenges, done_at__isnull=False)
        .exclude(comment="")
        .select_related("assessor")
        .order_by("done_at", "pk")
    )
    return rows


def sides_of(assessed: Mapping[str, Any], round_: Round) -> list[Side]:
    """Return both parties' views as a proposal keeps them, the coordinator's first."""
    partnership = round_.partnership
    names = {
        Party.COORDINATOR.value: partnership.coordinator.shown_name,
        Party.INSTITUTION.value: partnership.institution.shown_name,
    }
    return [_side(party, name, assessed.get(party) or {}) for party, name in names.items()]


def _side(party: str, name: str, kept: Mapping[str, Any]) -> Side:
    comments = tuple(Said(each["by"], each["text"]) for each in kept.get("comments", ()))
    return Side(
        party, name, kept.get("mean"), kept.get("spread", 0.0), kept.get("count", 0), comments
    )
