"""Beside the board: what is to be done next in this phase, and what happened lately."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rounds.challenges.enums import Status
from rounds.planning.models import Round
from rounds.selection.board import Board
from rounds.selection.board_row import Row
from rounds.selection.enums import Party

LATEST = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the checklist."""

    text: str
    is_done: bool
    url: str = ""
    detail: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened lately on the board."""

    text: str
    at: dt.datetime


def checklist(board: Board, *, coordinates: bool, can_answer: bool = False) -> list[Step]:
    """Return what is to be done in this phase, in order, with what is done already."""
    round_ = board.round
    assessed = _assessing(board)
    if not coordinates:
        return [assessed, *_own_answers(board)] if can_answer else [assessed]
    steps = [assessed]
    asked = board.count(Status.NEEDS_COMPLETION)
    if asked:
        text = ngettext(
            "One challenge waits for completion",
            "%(count)d challenges wait for completion",
            asked,
        )
        steps.append(Step(text % {"count": asked}, is_done=False))
    steps += [_sending(board), *_answering(board), _telling(board, round_)]
    return steps


def _assessing(board: Board) -> Step:
    mine = [row for row in board.rows if row.can_assess]
    done = sum(not row.waits_for_me for row in mine)
    text = _("Assess every challenge (%(done)d/%(all)d)") % {"done": done, "all": len(mine)}
    following = board.next_to_assess()
    url = reverse("challenge-assess", args=(following.challenge.pk,)) if following else ""
    return Step(text, is_done=done == len(mine), url=url)


def _sending(board: Board) -> Step:
    round_ = board.round
    open_count = board.count(Status.SUBMITTED)
    text = _("Send the packet to %(institution)s") % {
        "institution": round_.partnership.institution.shown_name
    }
    is_done = bool(board.rows) and not open_count
    url = reverse("packet-send", args=(round_.slug,)) if open_count else ""
    return Step(text, is_done=is_done, url=url, detail=None if is_done else round_.packet_on)


def _own_answers(board: Board) -> Iterator[Step]:
    """Yield what the institution's staff have to answer."""
    waiting = board.count(Status.PROPOSED)
    if waiting:
        text = ngettext("Answer one proposal", "Answer %(count)d proposals", waiting)
        url = f"{reverse('admin:rounds_proposal_changelist')}?round={board.round.pk}"
        detail = board.round.decisions_on
        yield Step(text % {"count": waiting}, is_done=False, url=url, detail=detail)


def _answering(board: Board) -> Iterator[Step]:
    waiting = board.count(Status.PROPOSED)
    if waiting:
        text = ngettext(
            "%(institution)s answers one proposal",
            "%(institution)s answers %(count)d proposals",
            waiting,
        ) % {"institution": board.round.partnership.institution.shown_name, "count": waiting}
        yield Step(text, is_done=False)
    lacking = [row for row in board.rows if row.lacks_reason]
    if lacking:
        text = ngettext(
            "Write the reason of one decision",
            "Write the reasons of %(count)d decisions",
            len(lacking),
        )
        url = reverse("decision-edit", args=(lacking[0].challenge.pk,))
        yield Step(text % {"count": len(lacking)}, is_done=False, url=url)


def _telling(board: Board, round_: Round) -> Step:
    waiting = sum(row.needs_telling for row in board.rows)
    is_done = round_.announced_at is not None and not waiting
    if waiting:
        text = ngettext(
            "Tell the decisions (one waits)", "Tell the decisions (%(count)d wait)", waiting
        ) % {"count": waiting}
    else:
        text = _("Tell the decisions")
    url = reverse("decisions-announce", args=(round_.slug,)) if waiting else ""
    return Step(text, is_done=is_done, url=url, detail=None if is_done else round_.decisions_on)


def latest(board: Board) -> list[Event]:
    """Return the newest events, from what the board has read already."""
    happened = [*_assessed(board), *_submitted(board.rows), *_decided(board.rows)]
    newest = sorted(happened, key=itemgetter(0), reverse=True)[:LATEST]
    return [Event(words % about, at) for at, words, about in newest]


# When, in which words, about what: only the newest are put into a sentence.
_Happened = Iterator[tuple[dt.datetime, str, dict[str, Any]]]


def _assessed(board: Board) -> _Happened:
    references = {row.challenge.pk: row.challenge.reference for row in board.rows}
    partnership = board.round.partnership
    names = {
        Party.COORDINATOR.value: partnership.coordinator.shown_name,
        Party.INSTITUTION.value: partnership.institution.shown_name,
    }
    words = _("%(party)s assessed %(reference)s")
    for voice in board.voices:
        if voice.done_at and voice.challenge_id in references:
            reference = references[voice.challenge_id]
            yield voice.done_at, words, {"party": names[voice.party], "reference": reference}


def _submitted(rows: Iterable[Row]) -> _Happened:
    words = _("%(organisation)s submitted %(reference)s")
    for challenge in (row.challenge for row in rows):
        if challenge.submitted_at:
            about = {
                "organisation": challenge.organisation.shown_name,
                "reference": challenge.reference,
            }
            yield challenge.submitted_at, words, about


def _decided(rows: Iterable[Row]) -> _Happened:
    words = _("Decided: %(reference)s")
    for challenge in (row.challenge for row in rows):
        if challenge.decided_at:
            yield challenge.decided_at, words, {"reference": challenge.reference}
