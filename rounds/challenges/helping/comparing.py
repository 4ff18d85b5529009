"""Two submitted versions of a challenge, question by question and word by word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from minno_portal.diff import Kind, Piece, compare
from rounds.challenges.content import ATTACHMENTS
from rounds.challenges.presentation import Row, parts
from rounds.challenges.sections import Text
from rounds.planning.models import Round

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Changed:
    """A question that was answered otherwise; `is_typed` as in `presentation.Row`."""

    label: Text
    pieces: list[Piece]
    is_typed: bool = False


@dataclass(slots=True)
class Compared:
    """One section: what changed, and the answers that stayed the same."""

    title: Text
    changed: list[Changed] = field(default_factory=list)
    same: list[Row] = field(default_factory=list)


def compare_versions(old: Content, new: Content, round_: Round) -> list[Compared]:
    """Return the sections of two versions (see `content.snapshot`), in the order of the form."""
    before = {part.section.key: part for part in parts(old, round_)}
    after = {part.section.key: part for part in parts(new, round_)}
    compared = [
        _section(
            (after.get(key) or before[key]).section.title,
            before[key].rows if key in before else [],
            after[key].rows if key in after else [],
        )
        for key in dict.fromkeys([*after, *before])
    ]
    files = _files(old.get(ATTACHMENTS) or [], new.get(ATTACHMENTS) or [])
    if files:
        compared.append(Compared(_("Attachments"), [Changed(_("Files"), files)]))
    return compared


def _section(title: Text, before: list[Row], after: list[Row]) -> Compared:
    compared = Compared(title)
    olds, news = _by_field(before), _by_field(after)
    for name in dict.fromkeys([*news, *olds]):
        old, new = olds.get(name), news.get(name)
        row = new or olds[name]
        was, became = _words(old), _words(new)
        if was != became:
            changed = Changed(row.question.label, compare(was, became), row.is_typed)
            compared.changed.append(changed)
        elif row.is_answered:
            compared.same.append(row)
    return compared


def _by_field(rows: Iterable[Row]) -> dict[str, Row]:
    """Return the rows by their questions' fields; files are compared by what is in them."""
    return {row.question.field: row for row in rows if not row.question.is_file}


def _words(row: Row | None) -> str:
    if row is None:
        return ""
    return str(row.text) or ", ".join(map(str, row.items))


def _files(old: list[Content], new: list[Content]) -> list[Piece]:
    """Return which files went and came; none when all stayed. A file is known by its content."""
    olds = {(each["name"], each["sha256"]) for each in old}
    news = {(each["name"], each["sha256"]) for each in new}
    gone = [Piece(Kind.REMOVED, name) for name, _sum in sorted(olds - news)]
    come = [Piece(Kind.ADDED, name) for name, _sum in sorted(news - olds)]
    return gone + come


def changed_labels(old: Content, new: Content, labels: dict[str, Text]) -> list[Text]:
    """Return the names of the questions whose answers differ, in the order of `labels`."""
    found = [label for name, label in labels.items() if old.get(name) != new.get(name)]
    if _files(old.get(ATTACHMENTS) or [], new.get(ATTACHMENTS) or []):
        found.append(_("Attachments"))
    return found
