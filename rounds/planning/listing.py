"""What the list of rounds shows: search, filters and order, all from the address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rounds.planning.enums import Form, Stage
from rounds.planning.models import RoundQuerySet
from rounds.planning.stages import in_stage

CURRENT, ARCHIVED, EVERY = "", "archived", "all"
NEWEST_FIRST = "-kickoff"
LONGEST_SEARCH = 40
# The order by what the address calls it; ties are broken by the newest.
ORDERS = {
    "code": ("year", "number"),
    "closes": ("call_closes_at",),
    "kickoff": ("kickoff_on",),
    "challenges": ("submitted",),
    "days": ("logged",),
}
_CODE = re.compile(r"(\d{1,2})\s*/\s*(\d{4})")
_NUMBER = re.compile(r"\d{1,4}")


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody has chosen to see; what the address says wrongly is left out."""

    search: str = ""
    year: int | None = None
    form: str = ""
    stage: str = ""
    archive: str = CURRENT
    order: str = NEWEST_FIRST

    @property
    def narrows(self) -> bool:
        """Whether anything but the order differs from the plain list."""
        return bool(self.search or self.in_force)

    @property
    def in_force(self) -> int:
        """How many filters narrow; the search is not counted, for it is always in sight."""
        return sum(map(bool, (self.year, self.form, self.stage, self.archive)))


def choice_from(query: Mapping[str, Any]) -> Choice:
    """Read a choice from an address."""
    year, order = query.get("year", ""), query.get("order", "")
    return Choice(
        search=query.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH],
        year=int(year) if re.fullmatch(r"[0-9]{4}", year) else None,
        form=_one_of(Form.values, query.get("form", "")),
        stage=_one_of(Stage.values, query.get("stage", "")),
        archive=_one_of((ARCHIVED, EVERY), query.get("archive", "")),
        order=order if order.removeprefix("-") in ORDERS else NEWEST_FIRST,
    )


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the list that sorts: where a press leads, and how it is sorted now."""

    label: Promise
    order: str
    sorted: str = ""
    is_number: bool = False


def headings(order: str) -> dict[str, Heading]:
    """Return the headings by what they sort; a second press turns the order round."""
    return {
        key: Heading(
            label,
            key if order == f"-{key}" else f"-{key}",
            {key: "ascending", f"-{key}": "descending"}.get(order, ""),
            is_number,
        )
        for key, (label, is_number) in _HEADINGS.items()
    }


_HEADINGS: dict[str, tuple[Promise, bool]] = {
    "code": (_("Round"), False),
    "closes": (_("Call closes"), False),
    "kickoff": (_("Kick-off"), False),
    "challenges": (_("Challenges"), True),
    "days": (_("Working days"), True),
}


def _one_of(known: Any, value: str) -> str:
    return value if value in known else ""


def chosen(rounds: RoundQuerySet, choice: Choice) -> RoundQuerySet:
    """Return those of `rounds` that the choice is about."""
    if choice.archive != EVERY:
        rounds = rounds.filter(archived_at__isnull=choice.archive == CURRENT)
    if choice.year:
        rounds = rounds.filter(year=choice.year)
    if choice.form:
        rounds = rounds.filter(form=choice.form)
    if choice.stage:
        rounds = rounds.filter(in_stage(choice.stage))
    if choice.search:
        rounds = rounds.filter(_search(choice.search))
    return rounds


def in_order(rounds: RoundQuerySet, order: str) -> RoundQuerySet:
    """Put rounds with their figures in the order that the address names."""
    sign = "-" if order.startswith("-") else ""
    fields = [f"{sign}{field}" for field in ORDERS[order.removeprefix("-")]]
    return rounds.order_by(*fields, "-kickoff_on", "-pk")


def _search(words: str) -> Q:
    """Return the condition for 4/2026, a year, a number, or a part of the reference's prefix."""
    if code := _CODE.fullmatch(words):
        return Q(number=int(code[1]), year=int(code[2]))
    if _NUMBER.fullmatch(words):
        return Q(number=int(words)) | Q(year=int(words))
    return Q(slug__icontains=words.replace("/", "-"))
