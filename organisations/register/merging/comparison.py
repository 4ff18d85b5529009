"""Two associations side by side: what each tells, and what would move."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.register.merging.relations import counted, labels_of_others
from organisations.register.models import Organisation


class Side(StrEnum):
    """Whose value stays."""

    KEPT = "kept"
    OTHER = "other"
    BOTH = "both"


AREAS = "areas"
FIELDS: dict[str, str | Promise] = {
    "name": gettext_lazy("Name"),
    "short_name": gettext_lazy("Short name"),
    "business_id": gettext_lazy("Business ID"),
    "language": gettext_lazy("Language"),
    "website": gettext_lazy("Website"),
    AREAS: gettext_lazy("Areas"),
    "is_member": gettext_lazy("Member of the coordinating organisation"),
    "no_mail": gettext_lazy("Must not be mailed"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A field of both, in words, and whose value is proposed."""

    field: str
    label: str | Promise
    kept: str
    other: str
    proposed: Side

    @property
    def differs(self) -> bool:
        """Whether there is anything to choose."""
        return self.kept != self.other


@dataclass(frozen=True, slots=True)
class Comparison:
    """The fields of both, and everything that moves to the one that is kept."""

    pairs: list[Pair]
    moving: list[tuple[str, int]]
    uncounted: list[str]


def compare(kept: Organisation, other: Organisation) -> Comparison:
    """Return what the page of merging shows."""
    pairs = [
        Pair(field, label, _words(kept, field), _words(other, field), _proposed(kept, other, field))
        for field, label in FIELDS.items()
    ]
    return Comparison(pairs, counted(other), list(labels_of_others()))


def _words(organisation: Organisation, field: str) -> str:
    if field == AREAS:
        whole = [_("The whole country")] if organisation.is_national else []
        return ", ".join(whole + [str(county) for county in organisation.counties.all()])
    if field == "language":
        return organisation.get_language_display()
    if field in ("is_member", "no_mail"):
        return _("yes") if getattr(organisation, field) else _("no")
    return getattr(organisation, field) or ""


def _proposed(kept: Organisation, other: Organisation, field: str) -> Side:
    """Propose the kept one's value unless it is empty; who must not be mailed stays so."""
    if field == AREAS:
        return Side.BOTH
    is_better = getattr(other, field) and not getattr(kept, field)
    return Side.OTHER if is_better else Side.KEPT
