"""What a list of letters shows: groups of states, search and filters, all from the address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minno_portal.outbox.enums import State
from minno_portal.outbox.kinds import every_kind, kind_called
from minno_portal.outbox.models import LetterQuerySet

LONGEST_SEARCH = 100
WAITS, FAILED = "waits", "failed"
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,40}")
_DID_NOT_ARRIVE = Q(state__in=(State.FAILED, State.BOUNCED))


@dataclass(frozen=True, slots=True)
class Group:
    """Letters that ask the same of the coordinator."""

    key: str
    label: Promise
    condition: Q
    empty: Promise


GROUPS = (
    Group("", _("All"), Q(), _("No letters yet")),
    Group(WAITS, _("Wait for you"), Q(state=State.HELD), _("No letter waits for you")),
    Group(
        "way",
        _("On the way"),
        Q(state__in=(State.QUEUED, State.SENDING, State.RETRY)),
        _("No letter is on its way"),
    ),
    Group(
        FAILED,
        _("Did not arrive"),
        _DID_NOT_ARRIVE & Q(settled_at=None),
        _("No letter has failed to arrive"),
    ),
    Group("sent", _("Sent"), Q(state=State.SENT), _("No letter has been sent")),
    Group(
        "over",
        _("Put aside"),
        Q(state__in=(State.CANCELLED, State.EXPIRED))
        | _DID_NOT_ARRIVE & Q(settled_at__isnull=False),
        _("No letter has been put aside"),
    ),
)
_GROUP = {group.key: group for group in GROUPS}


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody has chosen to see; what the address says wrongly is left out."""

    look: str = ""
    search: str = ""
    kind: str = ""
    thread: str = ""

    @property
    def group(self) -> Group:
        """The group that is shown."""
        return _GROUP[self.look]

    @property
    def narrows(self) -> bool:
        """Whether anything but the group narrows the list."""
        return bool(self.search or self.kind or self.thread)

    @property
    def in_force(self) -> int:
        """How many filters narrow; the search is not counted, for it is always in sight."""
        return sum(map(bool, (self.kind, self.thread)))

    def query(self, look: str | None = None) -> str:
        """Return the choice as it stands in an address, with another group where one is named."""
        values = {
            "look": self.look if look is None else look,
            "q": self.search,
            "kind": self.kind,
            "round": self.thread,
        }
        return urlencode({name: value for name, value in values.items() if value})


@dataclass(frozen=True, slots=True)
class Tab:
    """One group above the list, with how many letters it has."""

    group: Group
    count: int
    query: str
    is_current: bool


def choice_from(query: Mapping[str, Any]) -> Choice:
    """Read a choice from an address."""
    look, kind, thread = (query.get(name, "") for name in ("look", "kind", "round"))
    return Choice(
        look=look if look in _GROUP else "",
        search=query.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH],
        kind=kind if kind_called(kind) else "",
        thread=thread if _SLUG.fullmatch(thread) else "",
    )


def narrowed(letters: LetterQuerySet, choice: Choice) -> LetterQuerySet:
    """Return what the filters let pass, of every group."""
    if choice.thread:
        letters = letters.filter(thread=choice.thread)
    if choice.kind:
        letters = letters.filter(kind=choice.kind)
    if words := choice.search:
        letters = letters.filter(
            Q(recipient__icontains=words)
            | Q(recipient_name__icontains=words)
            | Q(subject__icontains=words)
        )
    return letters


def of_group(letters: LetterQuerySet, choice: Choice) -> LetterQuerySet:
    """Return those of the narrowed letters that are in the chosen group."""
    return letters.filter(choice.group.condition)


def tabs_of(letters: LetterQuerySet, choice: Choice) -> list[Tab]:
    """Return every group with its count (one query)."""
    counts = letters.order_by().aggregate(
        **{f"n_{group.key}": Count("pk", filter=group.condition) for group in GROUPS if group.key},
        n_=Count("pk"),
    )
    return [
        Tab(group, counts[f"n_{group.key}"], choice.query(group.key), group.key == choice.look)
        for group in GROUPS
    ]


def kinds() -> list[tuple[str, str]]:
    """Return the kinds of letters by name, in the order of the alphabet."""
    return sorted(((kind.name, str(kind.label)) for kind in every_kind()), key=lambda kind: kind[1])


def label_of(kind: str) -> str:
    """Return what a kind is called; letters outlive the kinds they were written as."""
    known = kind_called(kind)
    return str(known.label) if known else kind
