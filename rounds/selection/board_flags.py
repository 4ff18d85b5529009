"""What deserves a look on the board, each in words and with an icon of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from rounds.selection.enums import Party

if TYPE_CHECKING:
    from rounds.selection.board_row import Row


class Flag(TextChoices):
    """The kinds of flags, by which the board can be narrowed."""

    CONFLICT = "conflict", _("Conflict of interest")
    UNASSESSED = "unassessed", _("Assessment missing")
    CHANGED = "changed", _("Changed since assessed")
    CHOSEN_LATELY = "chosen", _("Organisation chosen lately")
    DISPUTED = "disputed", _("Opinions differ")
    NO_REASON = "reason", _("Reason missing")


@dataclass(frozen=True, slots=True)
class Note:
    """One flag of one challenge."""

    flag: Flag
    icon: str
    text: str


def notes_of(row: Row) -> tuple[Note, ...]:
    """Return what deserves a look in a row, the gravest first."""
    return (
        *_conflicts(row),
        *_lacking(row),
        *_changed(row),
        *_chosen_lately(row),
        *_others(row),
    )


def _conflicts(row: Row) -> Iterator[Note]:
    texts = []
    if row.is_own:
        texts.append(gettext("Your own organisation's: others assess it"))
    elif row.has_conflict:
        texts.append(gettext("Comes from one of the parties: its people do not assess it"))
    if row.conflicted:
        names = ", ".join(row.conflicted)
        texts.append(
            gettext("Stands aside for a conflict of interest: %(names)s") % {"names": names}
        )
    for text in texts:
        yield Note(Flag.CONFLICT, "shield-alert", text)


def _lacking(row: Row) -> Iterator[Note]:
    lacks = row.lacks
    if not lacks and not row.awaited:
        return
    texts = []
    if len(lacks) == len(Party):
        texts.append(gettext("Nobody has assessed this yet"))
    elif lacks:
        party = row.party_names[lacks[0]]
        texts.append(gettext("%(party)s has not assessed this yet") % {"party": party})
    if row.asked:
        text = ngettext(
            "%(done)d of the one person asked has assessed",
            "%(done)d of the %(asked)d people asked have assessed",
            row.asked,
        )
        texts.append(text % {"done": row.asked - row.awaited, "asked": row.asked})
    yield Note(Flag.UNASSESSED, "circle-dashed", " · ".join(texts))


def _changed(row: Row) -> Iterator[Note]:
    if not row.outdated:
        return
    if row.mine_is_outdated:
        text = gettext("Changed since you assessed it")
    else:
        text = ngettext(
            "Changed since it was assessed: one assessment is of an earlier version",
            "Changed since it was assessed: %(count)d assessments are of an earlier version",
            row.outdated,
        ) % {"count": row.outdated}
    yield Note(Flag.CHANGED, "file-diff", text)


def _chosen_lately(row: Row) -> Iterator[Note]:
    if row.chosen_lately:
        text = gettext("The organisation's challenge was chosen in round %(code)s, too")
        yield Note(Flag.CHOSEN_LATELY, "history", text % {"code": row.chosen_lately})


def _others(row: Row) -> Iterator[Note]:
    if row.is_disputed:
        yield Note(Flag.DISPUTED, "split", gettext("Opinions differ: talk it over"))
    if row.lacks_reason:
        text = gettext("The reason to the applicant is missing")
        yield Note(Flag.NO_REASON, "pencil-line", text)
