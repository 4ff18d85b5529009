"""What assessing adds to the table of challenges: columns, a way to look at it, and a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from minno_portal.templatetags.portal import decimal
from organisations.people.models import User
from rounds.challenges.models import Challenge
from rounds.challenges.querysets import ChallengeQuerySet
from rounds.challenges.table.columns import Column, Loader, Row, add_columns
from rounds.challenges.table.export import CHUNK, SheetKind, add_sheet
from rounds.challenges.table.narrowings import Narrowing, add_narrowing
from rounds.challenges.table.standard import title_as_submitted
from rounds.planning.models import Round
from rounds.selection.assessing.models import Recusal
from rounds.selection.assessing.visibility import sees_everything, veil
from rounds.selection.enums import Party
from rounds.selection.models import Assessment
from rounds.selection.standings import (
    ASSESSABLE,
    Standing,
    joint_mean,
    standings_of,
    voices_of,
    weighted_mean,
)

SEEN_BY = "rounds.see_board"


def _standings(
    round_: Round, user: User, keys: Sequence[int]
) -> Mapping[int, Mapping[str, Standing]]:
    standings = standings_of(voices_of(round_.pk, challenges=keys))
    hidden = set(_hidden(round_, user).filter(pk__in=standings).values_list("pk", flat=True))
    return {
        key: {party: veil(each) for party, each in by_party.items()} if key in hidden else by_party
        for key, by_party in standings.items()
    }


def _hidden(round_: Round, user: User) -> ChallengeQuerySet:
    """Return the challenges whose marks the user does not see yet: those still to assess."""
    if sees_everything(round_, user):
        return Challenge.objects.none()
    return Challenge.objects.filter(_waits_for(user), round=round_).order_by()


def _mean(row: Row) -> str:
    mean = joint_mean(row["standings"] or {})
    return "" if mean is None else decimal(mean, 1)


def _count(row: Row) -> int:
    return sum(standing.count for standing in (row["standings"] or {}).values())


def _waits_for(user: User) -> Q:
    """Tell of a challenge whether `user` may assess it and has not."""
    mine = Assessment.objects.filter(challenge=OuterRef("pk"), assessor=user, done_at__isnull=False)
    aside = Recusal.objects.filter(challenge=OuterRef("pk"), user=user)
    return (
        Q(~Exists(mine.order_by()))
        & Q(~Exists(aside.order_by()))
        & Q(status__in=ASSESSABLE)
        & ~Q(organisation__in=user.ties.conflicting)
    )


def _assessments(
    round_: Round, user: User, challenges: ChallengeQuerySet
) -> tuple[Sequence[str], Iterator[Sequence[Any]]]:
    """Make the sheet of assessments that are done; drafts stay their writers' own.

    Others' are left out of challenges where the user has not given their own yet.
    """
    criteria = list(round_.criteria.order_by("position"))
    heads = [
        gettext("Reference number"),
        gettext("Title"),
        gettext("Party"),
        gettext("Assessor"),
        gettext("Done"),
        *(criterion.name for criterion in criteria),
        gettext("Mean"),
        gettext("Comment"),
    ]
    weights = {criterion.pk: criterion.weight for criterion in criteria}
    return heads, _assessment_rows(challenges, weights, _hidden(round_, user))


def _assessment_rows(
    challenges: ChallengeQuerySet, weights: Mapping[int, int], hidden: ChallengeQuerySet
) -> Iterator[Sequence[Any]]:
    labels = {value: str(label) for value, label in Party.choices}
    done = Assessment.objects.counting().filter(challenge__in=challenges.order_by().values("pk"))
    done = done.exclude(challenge__in=hidden.values("pk"))
    rows = (
        done.select_related("challenge", "assessor")
        .annotate(shown_title=title_as_submitted("challenge__"))
        .prefetch_related("scores")
        .order_by("challenge__number", "party", "done_at")
    )
    for row in rows.iterator(chunk_size=CHUNK):
        scores = row.marks
        mean = weighted_mean(scores, weights)
        yield [
            row.challenge.reference,
            row.shown_title,  # type: ignore[attr-defined]
            labels[row.party],
            str(row.assessor),
            row.done_at,
            *(scores.get(criterion) for criterion in weights),
            None if mean is None else round(mean, 2),
            row.comment,
        ]


STANDINGS = Loader("standings", _standings)

add_columns(
    (
        Column(
            key="mean",
            label=_("Mean of assessments"),
            cell=_mean,
            loader=STANDINGS,
            look="num",
            permission=SEEN_BY,
        ),
        Column(
            key="assessments",
            label=_("Assessments"),
            cell=_count,
            loader=STANDINGS,
            look="num",
            permission=SEEN_BY,
        ),
    )
)
add_narrowing(Narrowing("unassessed", _("Not assessed by me"), _waits_for, SEEN_BY))
add_sheet(SheetKind("assessments", _("Assessments"), _assessments, SEEN_BY))
