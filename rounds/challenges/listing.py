"""A round's table of challenges: filtered and sorted by the address, light at any size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minno_portal import dates
from organisations.people.models import User
from organisations.register.models import Organisation
from rounds.challenges.enums import Status, Visibility
from rounds.challenges.models import Challenge, ChallengeQuerySet, Comment
from rounds.planning.models import Round

# What can be sorted by, with the fields that decide; the number breaks ties.
SORTS = {
    "number": ("number",),
    "title": ("title", "number"),
    "organisation": ("organisation__name", "number"),
    "status": ("status", "number"),
    "submitted": ("submitted_at", "number"),
}
HEADS: dict[str, str | Promise] = {
    "number": _("Reference number"),
    "title": _("Title"),
    "organisation": _("Organisation"),
    "status": _("Status"),
    "submitted": _("Submitted"),
}
LONGEST_SEARCH = 100
MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a sortable column: its link, and `aria-sort` where it is sorted by now."""

    label: str | Promise
    query: str
    sorted: str


@dataclass(frozen=True)
class Filters:
    """What the address says of status, organisation, text and order; nonsense means no filter."""

    round: Round
    status: str
    organisation: str
    text: str
    sort: str

    @classmethod
    def of(cls, query: Mapping[str, str], round_: Round) -> Filters:
        """Read the address's query."""
        status, organisation = query.get("status", ""), query.get("organisation", "")
        is_id = organisation.isascii() and organisation.isdigit()
        sort = query.get("sort", "number")
        return cls(
            round=round_,
            status=status if status in Status.values else "",
            organisation=organisation if is_id and len(organisation) <= MOST_DIGITS else "",
            text=query.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH],
            sort=sort if sort.removeprefix("-") in SORTS else "number",
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is filtered out."""
        return bool(self.status or self.organisation or self.text)

    @property
    def statuses(self) -> list[tuple[str, str | Promise]]:
        """The statuses to choose from: a draft is nobody's but its association's."""
        return [choice for choice in Status.choices if choice[0] != Status.DRAFT]

    @cached_property
    def organisations(self) -> list[tuple[str, str]]:
        """The organisations to choose from: those with a submitted challenge here (one query)."""
        givers = Challenge.objects.filter(round=self.round, submitted_at__isnull=False)
        rows = Organisation.objects.filter(pk__in=givers.values("organisation"))
        return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]

    def query(self, **changes: str) -> str:
        """Return the address's query with `changes`; the page number starts again."""
        values = {
            "q": self.text,
            "status": self.status,
            "organisation": self.organisation,
            "sort": "" if self.sort == "number" else self.sort,
        } | changes
        return urlencode({name: value for name, value in values.items() if value})

    @property
    def page_query(self) -> str:
        """The query to which a page number is added."""
        query = self.query()
        return f"{query}&" if query else ""

    @property
    def heads(self) -> list[Head]:
        """The sortable columns, each with a link that sorts by it or turns its order."""
        key, falling = self.sort.removeprefix("-"), self.sort.startswith("-")
        return [
            Head(
                label,
                self.query(sort=f"-{name}" if name == key and not falling else name),
                ("descending" if falling else "ascending") if name == key else "",
            )
            for name, label in HEADS.items()
        ]


def listed(round_: Round, filters: Filters, user: User) -> models.QuerySet[Any]:
    """Return the round's submitted challenges as rows of plain values."""
    challenges: ChallengeQuerySet = Challenge.objects.submitted().filter(round=round_)
    if filters.status:
        challenges = challenges.filter(status=filters.status)
    if filters.organisation:
        challenges = challenges.filter(organisation=int(filters.organisation))
    if filters.text:
        challenges = challenges.filter(
            models.Q(title__icontains=filters.text)
            | models.Q(organisation__name__icontains=filters.text)
            | models.Q(reference__icontains=filters.text)
        )
    readable = Comment.objects.filter(
        ~models.Q(visibility=Visibility.SELF) | models.Q(author=user),
        challenge=models.OuterRef("pk"),
    )
    counts = readable.order_by().values("challenge").annotate(count=models.Count("pk"))
    falling = "-" if filters.sort.startswith("-") else ""
    return (
        challenges.annotate(comment_count=Coalesce(models.Subquery(counts.values("count")), 0))
        .order_by(*(f"{falling}{name}" for name in SORTS[filters.sort.removeprefix("-")]))
        .values_list(
            "pk",
            "reference",
            "title",
            "organisation__name",
            "status",
            "submitted_at",
            "comment_count",
            named=True,
        )
    )


@dataclass(frozen=True, slots=True)
class ListedRow:
    """One line of the table, in words."""

    url: str
    reference: str
    title: str
    organisation: str
    status: str
    status_label: str | Promise
    submitted: str
    comments: int


def shown_rows(rows: Iterable[Any]) -> list[ListedRow]:
    """Return rows of `listed` in words; their addresses come from one pattern."""
    labels = {value: str(label) for value, label in Status.choices}
    before, after = reverse("challenge", args=[0]).rsplit("0", 1)
    return [
        ListedRow(
            url=f"{before}{row.pk}{after}",
            reference=row.reference,
            title=row.title,
            organisation=row.organisation__name,
            status=row.status,
            status_label=labels[row.status],
            submitted=dates.day(row.submitted_at),
            comments=row.comment_count,
        )
        for row in rows
    ]
