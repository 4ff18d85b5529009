"""The page of one section, however one has come to it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from minno_portal import clock
from organisations.access import SignedInRequest
from rounds.challenges.content import snapshot
from rounds.challenges.enums import Visibility
from rounds.challenges.errors import Overtaken
from rounds.challenges.helping.late import closes_at
from rounds.challenges.models import Challenge, Comment
from rounds.challenges.presentation import Row, parts
from rounds.challenges.progress import is_over, progress, when_saved
from rounds.challenges.section_forms import SectionForm
from rounds.challenges.sections import Question
from rounds.challenges.writing.kept import of_section
from rounds.challenges.writing.saving import saved_words
from rounds.challenges.writing.whole import content_of
from rounds.planning.models import Round

# Shorter values are quickly typed again; secrets are never shown.
SHORTEST_SHOWN = 20
MOST_SHOWN = 20
_SECRET = ("password", "code", "token", "credential")


def section_page(
    request: SignedInRequest,
    challenge: Challenge,
    form: SectionForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Show a section with what `form` holds; `more` says what has happened.

    :param more: `is_unsaved` for typed text that was kept or sent too late, `conflicts`.
    """
    # A bound form has written what was typed into its instance: ask the database what stands.
    as_stored = Challenge.objects.visible_to(request.user).get(pk=challenge.pk)
    section = form.section
    context = {
        "challenge": as_stored,
        "round": as_stored.round,
        "section": section,
        "form": form,
        "steps": progress(as_stored, section.key),
        "is_over": is_over(as_stored, clock.now()),
        "closes": closing(as_stored),
        "saved": saved_words(as_stored, request.user),
        "place": of_section(as_stored.pk, section.key),
        "last_comment": _last_comment(as_stored),
        **more,
    }
    return render(request, "rounds/challenges/edit.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A question that two people, or two windows, have answered differently."""

    question: Question
    mine: Row | None
    newer: Row | None


def conflict_context(overtaken: Overtaken, form: SectionForm) -> dict[str, Any]:
    """Return both texts of every question that was answered differently in between."""
    newer, round_ = overtaken.newer, overtaken.newer.round
    # What was typed has been written into the form's own copy of the challenge.
    mine = _rows(content_of(form.instance, form.values), round_)
    theirs = _rows(snapshot(newer), round_)
    return {
        "conflicts": [
            Conflict(question, mine.get(question.field), theirs.get(question.field))
            for question in form.section.questions
            if question.field in overtaken.both
        ],
        "newer_saved": when_saved(newer),
    }


def typed_texts(request: HttpRequest) -> list[str]:
    """Return what was typed, for a page that can only show it to be copied."""
    values = (
        value
        for name, each in request.POST.lists()
        if not any(secret in name.lower() for secret in _SECRET)
        for value in each
    )
    return [value for value in values if len(value) >= SHORTEST_SHOWN][:MOST_SHOWN]


def closing(challenge: Challenge) -> dt.datetime:
    """Return when the call closes for the challenge's association, whose time may be longer."""
    closes = challenge.round.call_closes_at
    return closes if clock.now() < closes else closes_at(challenge.round, challenge.organisation_id)


def _rows(content: dict[str, Any], round_: Round) -> dict[str, Row]:
    return {row.question.field: row for part in parts(content, round_) for row in part.rows}


def _last_comment(challenge: Challenge) -> Comment | None:
    """Return the newest comment that came from the other side."""
    if challenge.submitted_at is None:
        return None
    comment: Comment | None = (
        challenge.comments.filter(visibility=Visibility.ASSOCIATION)
        .exclude(author__memberships__organisation=challenge.organisation_id)
        .last()
    )
    return comment
