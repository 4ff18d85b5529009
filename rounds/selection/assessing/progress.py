"""How far everybody is with assessing, and the table in which people are asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from rounds.challenges.models import Challenge
from rounds.selection.assessing.forms import name_of
from rounds.selection.assessing.models import Recusal
from rounds.selection.assessing.workload import Assessor, Pair, Workload
from rounds.selection.enums import ASSESSABLE


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one person is; `asked_done` are the done ones among those asked."""

    assessor: Assessor
    asked: int
    asked_done: int
    done: int
    drafts: int
    aside: int
    last_saved: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One person and one challenge in the table of asking: a box, or why there is none."""

    assessor: Assessor
    value: str
    is_asked: bool
    is_ticked: bool
    is_done: bool
    is_draft: bool
    is_related: bool
    recusal: Recusal | None
    can_be_asked: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One challenge with everybody's cells, and how many have assessed it."""

    challenge: Challenge
    cells: list[Cell]

    @property
    def done(self) -> int:
        """How many have assessed it."""
        return sum(cell.is_done for cell in self.cells)


def progress_of(load: Workload) -> list[Progress]:
    """Return how far everybody is, in the order of the people."""
    return [_progress(load, each) for each in load.people]


def _progress(load: Workload, assessor: Assessor) -> Progress:
    pairs = [(challenge.pk, assessor.user.pk) for challenge in load.challenges]
    saved = {pair: load.saved[pair] for pair in pairs if pair in load.saved}
    counted = [pair for pair in pairs if load.is_done(pair) and load.may(pair)]
    asked = [pair for pair in pairs if pair in load.asked]
    return Progress(
        assessor=assessor,
        asked=len(asked),
        asked_done=sum(pair in counted for pair in asked),
        done=len(counted),
        drafts=sum(each.done_at is None for pair, each in saved.items() if load.may(pair)),
        aside=sum(not load.may(pair) for pair in pairs),
        last_saved=max((each.saved_at for each in saved.values()), default=None),
    )


def lines_of(load: Workload, ticked: Collection[Pair]) -> list[Line]:
    """Return the table of asking.

    :param ticked: the pairs whose boxes are ticked.
    """
    return [
        Line(challenge, [_cell(load, challenge, each, ticked) for each in load.people])
        for challenge in load.challenges
    ]


def _cell(
    load: Workload, challenge: Challenge, assessor: Assessor, ticked: Collection[Pair]
) -> Cell:
    pair = (challenge.pk, assessor.user.pk)
    is_done = load.is_done(pair) and load.may(pair)
    return Cell(
        assessor=assessor,
        value=name_of(pair),
        is_asked=pair in load.asked,
        is_ticked=pair in ticked,
        is_done=is_done,
        is_draft=pair in load.saved and load.may(pair) and not is_done,
        is_related=pair in load.related,
        recusal=load.aside.get(pair),
        can_be_asked=challenge.status in ASSESSABLE and load.may(pair),
    )


def too_few(lines: Iterable[Line]) -> list[Challenge]:
    """Return the open challenges that nobody of some party could assess any more."""
    found = []
    for line in lines:
        if line.challenge.status not in ASSESSABLE:
            continue
        parties = {cell.assessor.party for cell in line.cells}
        able = {cell.assessor.party for cell in line.cells if cell.can_be_asked}
        if parties - able:
            found.append(line.challenge)
    return found
