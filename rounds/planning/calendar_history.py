"""Who has changed a round's dates, and when: read from the history that the database keeps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db.models import BigIntegerField, F, OuterRef, Subquery, Window
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, JSONObject, Lag

from minno_portal import dates
from organisations.models import User
from rounds.planning.calendar import FIELDS
from rounds.planning.models import Round
from rounds.planning.timeline import SHORT_LABELS

SHOWN = 10


@dataclass(frozen=True, slots=True)
class DateChange:
    """One date that was moved, in words; an empty text is no date."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class CalendarChange:
    """What somebody changed in a round's calendar at once."""

    at: dt.datetime
    who: str
    dates: tuple[DateChange, ...]


def changes_of(round_: Round) -> list[CalendarChange]:
    """Return the latest changes of a round's dates, the newest first (one query)."""
    events = apps.get_model("rounds.RoundEvent").objects.filter(pgh_obj_id=round_.pk)
    user_id = Cast(KeyTextTransform("user", OuterRef("pgh_context__metadata")), BigIntegerField())
    rows = (
        events.annotate(now=JSONObject(**{name: name for name in FIELDS}))
        .annotate(was=Window(Lag("now"), order_by="pgh_id"))
        .annotate(who=Subquery(User.objects.filter(pk=user_id).values("name")[:1]))
        .filter(was__isnull=False)
        .exclude(now=F("was"))
        .order_by("-pgh_id")
        .values_list("pgh_created_at", "who", "was", "now")[:SHOWN]
    )
    return [
        CalendarChange(at, who or "", tuple(_differences(was, now))) for at, who, was, now in rows
    ]


def _differences(
    was: Mapping[str, str | None], now: Mapping[str, str | None]
) -> Iterator[DateChange]:
    for name in FIELDS:
        if was[name] != now[name]:
            yield DateChange(str(SHORT_LABELS[name]), _in_words(was[name]), _in_words(now[name]))


def _in_words(value: str | None) -> str:
    if value is None:
        return ""
    if "T" in value:
        return dates.deadline(dt.datetime.fromisoformat(value))
    return dates.weekday_day(dt.date.fromisoformat(value))
