"""A packet's dossier as a table: one row a challenge, nothing in it that runs."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from minno_portal.spreadsheets import Value
from rounds.challenges.sections import form_of
from rounds.selection.enums import Party
from rounds.selection.proposing.assessed import Side
from rounds.selection.proposing.dossier import Dossier, Entry
from rounds.selection.proposing.facts import KEY_QUESTIONS


def sheet_of(dossier: Dossier) -> tuple[list[str], list[list[Value]]]:
    """Return the table's head and its rows."""
    partnership = dossier.round.partnership
    names = {
        Party.COORDINATOR.value: partnership.coordinator.shown_name,
        Party.INSTITUTION.value: partnership.institution.shown_name,
    }
    questions = _questions(dossier)
    head = [
        _("Place"),
        _("Reference"),
        _("Challenge"),
        _("Organisation"),
        _("Suggestion"),
        _("Place in the reserve"),
        _("Reason"),
        _("Summary"),
        *questions.values(),
        *(title for name in names.values() for title in _titles(name)),
        _("Previous answer"),
        _("Previous note"),
        _("Answer"),
        _("Note"),
        _("Tutor"),
        _("Number of teams"),
    ]
    rows = [list(_row(entry, list(questions), list(names))) for entry in dossier.entries]
    return head, rows


def _questions(dossier: Dossier) -> dict[str, str]:
    asked = form_of(dossier.round).questions
    return {name: str(asked[name].label) for name in KEY_QUESTIONS if name in asked}


def _titles(name: str) -> Iterator[str]:
    for title in (
        _("%(party)s: mean"),
        _("%(party)s: spread"),
        _("%(party)s: assessments"),
        _("%(party)s: comments"),
    ):
        yield title % {"party": name}


def _row(entry: Entry, questions: list[str], parties: list[str]) -> Iterator[Value]:
    proposal, previous = entry.proposal, entry.previous
    yield proposal.position
    yield entry.challenge.reference
    yield entry.title
    yield entry.challenge.organisation.shown_name
    yield proposal.get_suggested_display()
    yield entry.reserve_place
    yield proposal.rationale
    yield entry.content.get("summary") or ""
    yield from _answers(entry, questions)
    sides = {side.party: side for side in entry.sides}
    for party in parties:
        yield from _side(sides.get(party))
    yield previous.get_answer_display() if previous else ""
    yield previous.answer_note if previous else ""
    yield proposal.get_answer_display()
    yield proposal.answer_note
    yield ", ".join(filter(None, (proposal.tutor_name, proposal.tutor_email)))
    yield proposal.teams


def _answers(entry: Entry, questions: list[str]) -> Iterator[Value]:
    rows = {row.question.field: row for part in entry.parts for row in part.rows}
    for name in questions:
        row = rows.get(name)
        yield (", ".join(map(str, row.items)) or str(row.text)) if row else ""


def _side(side: Side | None) -> tuple[Value, ...]:
    if side is None:
        return (None, None, None, "")
    mean = None if side.mean is None else round(side.mean, 2)
    comments = "\n".join(f"{each.by}: {each.text}" for each in side.comments)
    return (mean, round(side.spread, 2), side.count, comments)
