"""When the call closes for one association: the round's deadline, or a later one of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import models
from django.db.models.functions import Greatest

from rounds.challenges.helping.models import LatePermission
from rounds.planning.models import Round

# The deadline of each challenge in a query, for `annotate(closes_at=DEADLINE)`.
DEADLINE = Greatest(
    models.F("round__call_closes_at"),
    models.Subquery(
        LatePermission.objects.filter(
            round=models.OuterRef("round"), organisation=models.OuterRef("organisation")
        )
        .order_by()
        .values("until")[:1]
    ),
)


def closes_at(round_: Round, organisation_id: int) -> dt.datetime:
    """Return the moment after which the association can submit no more (one query)."""
    own = LatePermission.objects.filter(round=round_, organisation=organisation_id)
    until = own.values_list("until", flat=True).first()
    return max(round_.call_closes_at, until) if until else round_.call_closes_at


def takes_challenges(round_: Round, organisation_id: int, moment: dt.datetime) -> bool:
    """Tell whether the association can begin and submit at `moment`.

    Asks the database only after the call has closed for everybody else.
    """
    if not round_.is_published or moment < round_.call_opens_at:
        return False
    return moment < round_.call_closes_at or moment < closes_at(round_, organisation_id)


def own_deadline(
    round_: Round, organisations: Iterable[int], moment: dt.datetime
) -> dt.datetime | None:
    """Return the latest deadline of its own that one of `organisations` still has ahead, if any."""
    permissions = LatePermission.objects.filter(
        round=round_, organisation__in=organisations, until__gt=max(moment, round_.call_closes_at)
    )
    latest: dt.datetime | None = permissions.aggregate(latest=models.Max("until"))["latest"]
    return latest


def rounds_that_take(organisations: Iterable[int], moment: dt.datetime) -> models.QuerySet[Round]:
    """Return the rounds to which somebody of `organisations` can give a challenge at `moment`."""
    late = LatePermission.objects.filter(organisation__in=organisations, until__gt=moment)
    is_taking = models.Q(call_closes_at__gt=moment) | models.Q(pk__in=late.values("round"))
    begun = Round.objects.published().filter(call_opens_at__lte=moment)
    taking: models.QuerySet[Round] = begun.filter(is_taking).order_by("call_closes_at")
    return taking
