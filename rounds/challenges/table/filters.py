"""What the table's address says: search, filters, order and columns; nonsense means none."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qsl, urlencode

from django.db.models import F, OuterRef, Q, Subquery
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from minno_portal.numbers import KEY_DIGITS, whole_number
from organisations.people.models import User
from organisations.register.models import County, Organisation
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.challenges.querysets import ChallengeQuerySet
from rounds.challenges.table.columns import Column, columns_for
from rounds.challenges.table.narrowings import Narrowing, narrowings_for
from rounds.challenges.table.searching import found
from rounds.planning.models import Round

LONGEST_SEARCH = 100
DEFAULT_SORT = "reference"
# Among the areas: the challenges that concern all of them.
NATIONAL = "national"
LONGEST_AREA = len(NATIONAL)

Choices = list[tuple[str, str | Promise]]


@dataclass(frozen=True)
class Filters:
    """One person's way to look at a round's table."""

    round: Round
    user: User
    available: dict[str, Column]
    narrowings: dict[str, Narrowing]
    text: str
    status: str
    organisation: str
    area: str
    only: str
    sort: str
    chosen: tuple[str, ...]

    @classmethod
    def of(cls, query: QueryDict, round_: Round, user: User) -> Filters:
        """Read the address's query."""
        available = columns_for(user, round_)
        narrowings = narrowings_for(user, round_)
        asked = {key for each in query.getlist("columns") for key in each.split(",")}
        sort = query.get("sort", "")
        column = available.get(sort.removeprefix("-"))
        return cls(
            round=round_,
            user=user,
            available=available,
            narrowings=narrowings,
            text=query.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH].rstrip(),
            status=_one_of(set(Status.values) - {Status.DRAFT.value}, query.get("status", "")),
            organisation=_digits(query.get("organisation", "")),
            area=_area(query.get("area", "")),
            only=_one_of(narrowings, query.get("only", "")),
            sort=sort if column and column.sort else DEFAULT_SORT,
            chosen=tuple(key for key in available if key in asked),
        )

    @cached_property
    def columns(self) -> list[Column]:
        """The columns to show, in their order; the title is always there."""
        chosen = {*self.chosen, "title"} if self.chosen else None
        return [
            column
            for column in self.available.values()
            if (column.key in chosen if chosen else column.is_default)
        ]

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is filtered out."""
        return bool(self.text or self.in_force)

    @property
    def in_force(self) -> int:
        """How many filters narrow; the search is not counted, for it is always in sight."""
        return sum(map(bool, (self.status, self.organisation, self.area, self.only)))

    @property
    def is_sought(self) -> bool:
        """Whether the rows have to be looked for one by one: no index counts them."""
        return bool(self.text or self.only)

    @property
    def ordering(self) -> list[str]:
        """The fields that order the rows; the number breaks ties."""
        falling = "-" if self.sort.startswith("-") else ""
        fields = [*self.available[self.sort.removeprefix("-")].sort, "number"]
        return [f"{falling}{name}" for name in dict.fromkeys(fields)]

    def challenges(self, *, most: int | None = None) -> ChallengeQuerySet:
        """Return the challenges that pass, in order.

        :param most: find at most so many by each way of searching (see `searching.found`).
        """
        passing = of_round(self.round).filter(self._condition())
        if self.text:
            passing = found(passing, self.text, self.round, most=most)
        return passing.order_by(*self.ordering)

    def _condition(self) -> Q:
        condition = Q()
        if self.status:
            condition &= Q(status=self.status)
        if self.organisation:
            condition &= Q(organisation=int(self.organisation))
        if self.area:
            condition &= Q(is_national=True) if self.area == NATIONAL else Q(counties=self.area)
        if self.only:
            condition &= self.narrowings[self.only].condition(self.user)
        return condition

    def query(self, **changes: str) -> str:
        """Return the address's query with `changes`; the page number starts again."""
        values = {
            "q": self.text,
            "status": self.status,
            "organisation": self.organisation,
            "area": self.area,
            "only": self.only,
            "sort": "" if self.sort == DEFAULT_SORT else self.sort,
            "columns": ",".join(self.chosen),
        } | changes
        return urlencode({name: value for name, value in values.items() if value}, safe=",")

    @property
    def cleared(self) -> str:
        """The query without filters: only order and columns stay."""
        return self.query(q="", status="", organisation="", area="", only="")

    @property
    def with_usual_columns(self) -> str:
        """The query without a choice of columns."""
        return self.query(columns="")

    @property
    def kept(self) -> dict[str, str]:
        """What the form of filters passes on as it is."""
        return _pairs(self.cleared)

    @property
    def passed_on(self) -> dict[str, str]:
        """What the form of columns passes on as it is."""
        return _pairs(self.with_usual_columns)

    @property
    def statuses(self) -> Choices:
        """The statuses to choose from: a draft is nobody's but its association's."""
        return [choice for choice in Status.choices if choice[0] != Status.DRAFT]

    @property
    def parts(self) -> Choices:
        """The parts of the table to choose from."""
        return [(key, narrowing.label) for key, narrowing in self.narrowings.items()]

    @property
    def areas(self) -> Choices:
        """The areas to choose from (one query)."""
        counties = County.objects.values_list("pk", "name")
        return [(NATIONAL, _("The whole country")), *((pk, str(name)) for pk, name in counties)]

    @cached_property
    def organisations(self) -> Choices:
        """The organisations that have given something here (one query).

        One look into the index for each organisation, however many challenges it has given.
        """
        given = of_round(self.round).filter(organisation=OuterRef("pk")).order_by()
        givers = Organisation.objects.annotate(gave=Subquery(given.values("number")[:1]))
        rows = givers.filter(gave__isnull=False).order_by(F("name"))
        return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def of_round(round_: Round) -> ChallengeQuerySet:
    """Return a round's submitted challenges.

    A challenge has a number from its submission on, and the indexes of the table hold numbers:
    they answer without looking at the rows.
    """
    challenges: ChallengeQuerySet = Challenge.objects.filter(round=round_, number__isnull=False)
    return challenges


def _pairs(query: str) -> dict[str, str]:
    return dict(parse_qsl(query))


def _one_of(known: Container[str], value: str) -> str:
    return value if value in known else ""


def _digits(value: str) -> str:
    return value if whole_number(value, digits=KEY_DIGITS) is not None else ""


def _area(value: str) -> str:
    is_code = value.isascii() and value.isalnum() and len(value) <= LONGEST_AREA
    return value if is_code else ""
