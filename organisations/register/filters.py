"""What the address of the register's table says: which associations, in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisations.people.enums import Language
from organisations.people.models import User
from organisations.register import past
from organisations.register.models import County

LONGEST_SEARCH = 100
LONGEST_SLUG = 80

# What one may look at, besides everything.
WAITING, NO_MAIL, NO_CONTACT = "waiting", "no-mail", "no-contact"
MEMBERS, OTHERS = "members", "others"
LOOKS: dict[str, str | Promise] = {
    WAITING: _("Waits for approval"),
    NO_MAIL: _("Must not be mailed"),
    NO_CONTACT: _("Without a contact person"),
    MEMBERS: _("Members of the coordinating organisation"),
    OTHERS: _("Others than members"),
}
NATIONAL = "national"
EVER, NEVER = "ever", "never"

HEADS: dict[str, str | Promise] = {
    "name": _("Association"),
    "language": _("Language"),
    "contacts": _("Contact people"),
    "created": _("In the register since"),
}


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a sortable column: its link, and `aria-sort` where it is sorted by now."""

    key: str
    label: str | Promise
    query: str
    sorted: str


@dataclass(frozen=True)
class Filters:
    """What the address says; nonsense means no filter."""

    user: User
    text: str = ""
    area: str = ""
    language: str = ""
    look: str = ""
    part: str = ""
    sort: str = "name"

    @classmethod
    def of(cls, query: Mapping[str, str], user: User) -> Filters:
        """Read the address's query."""
        read = cls(
            user=user,
            text=cls.words(query),
            area=query.get("area", ""),
            language=query.get("language", ""),
            look=query.get("look", ""),
            part=query.get("part", "")[:LONGEST_SLUG],
            sort=query.get("sort", "name"),
        )
        return replace(
            read,
            area=_known(read.area, read.areas),
            language=_known(read.language, read.languages),
            look=_known(read.look, read.looks),
            part=_known(read.part, read.parts),
            sort=read.sort if read.sort.removeprefix("-") in HEADS else "name",
        )

    @staticmethod
    def words(query: Mapping[str, str]) -> str:
        """Return what is searched for."""
        return query.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]

    @cached_property
    def areas(self) -> list[tuple[str, str | Promise]]:
        """The areas to choose from (one query)."""
        counties = [(county.code, str(county)) for county in County.objects.all()]
        return [(NATIONAL, _("The whole country")), *counties]

    @property
    def languages(self) -> list[tuple[str, str]]:
        """The languages to choose from."""
        return [(value, str(label)) for value, label in Language.choices]

    @property
    def looks(self) -> list[tuple[str, str | Promise]]:
        """The particular looks to choose from."""
        return list(LOOKS.items())

    @cached_property
    def parts(self) -> list[tuple[str, str | Promise]]:
        """The ways of having taken part to choose from."""
        ways: list[tuple[str, str | Promise]] = [
            (EVER, _("Has taken part")),
            (NEVER, _("Has never taken part")),
        ]
        of_round = _("Took part in %(occasion)s")
        return ways + [
            (key, of_round % {"occasion": name}) for key, name in past.occasions(self.user)
        ]

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is filtered out."""
        return bool(self.text or self.in_force)

    @property
    def in_force(self) -> int:
        """How many filters narrow; the search is not counted, for it is always in sight."""
        return sum(map(bool, (self.area, self.language, self.look, self.part)))

    def query(self, **changes: str) -> str:
        """Return the address's query with `changes`; the page number starts again."""
        values = {
            "q": self.text,
            "area": self.area,
            "language": self.language,
            "look": self.look,
            "part": self.part,
            "sort": "" if self.sort == "name" else self.sort,
        } | changes
        return urlencode({name: value for name, value in values.items() if value})

    @property
    def heads(self) -> list[Head]:
        """The sortable columns, each with a link that sorts by it or turns its order."""
        key, falling = self.sort.removeprefix("-"), self.sort.startswith("-")
        return [
            Head(
                name,
                label,
                self.query(sort=f"-{name}" if name == key and not falling else name),
                ("descending" if falling else "ascending") if name == key else "",
            )
            for name, label in HEADS.items()
        ]


def _known(value: str, choices: list[tuple[str, Any]]) -> str:
    return value if value in dict(choices) else ""
