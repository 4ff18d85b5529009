"""A challenge in the layout of the brief that students get."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from organisations.access import SignedInRequest, require
from rounds.challenges.enums import FundingThought
from rounds.challenges.models import Challenge
from rounds.challenges.presentation import Part, Row, content_for, parts
from rounds.challenges.writing.kept import of_round, read
from rounds.challenges.writing.whole import CONTACT, WholeForm
from rounds.planning.models import Round

# What a team needs to know of; permissions are between the association and the parties.
_NOT_IN_BRIEF = frozenset({"permissions"})
# Answers that tell a team nothing.
_SAYS_NOTHING = {"is_national": False, "funding_thought": FundingThought.NOT_YET.value}
# They stand at the head of the page.
_AT_HEAD = frozenset({"title", "summary"})


@login_required
@never_cache
@require_safe
def challenge_preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a challenge as its team will read it; it prints well."""
    challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
    require("rounds.see_challenge", request.user, challenge)
    content = content_for(request.user, challenge, list(challenge.revisions.order_by("number")))
    context = {
        **brief(content, challenge.round),
        "challenge": challenge,
        "organisation": challenge.organisation.name,
        "back": reverse("challenge-edit", args=[pk, "challenge"])
        if challenge.is_editable
        else reverse("challenge", args=[pk]),
        "forward": reverse("challenge-submit", args=[pk]) if challenge.is_editable else "",
    }
    return render(request, "rounds/challenges/preview.html", context)


@never_cache
@require_safe
def beginning_preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is typed as a team will read it, before there is a draft."""
    round_ = get_object_or_404(Round.objects.published(), slug=slug)
    kept = read(request.session, of_round(round_))
    if kept is None:
        return redirect("challenge-new", slug=slug)
    whole = WholeForm(round_, get_language() or "fi", kept.data, lenient=True)
    context = {
        **brief(whole.content, round_),
        "challenge": whole.challenge,
        "back": reverse("challenge-new", args=[slug]),
        "forward": reverse("challenge-finish", args=[slug]),
    }
    return render(request, "rounds/challenges/preview.html", context)


def brief(content: dict[str, Any], round_: Round) -> dict[str, Any]:
    """Return the parts of a brief: answered questions only, the contact person apart."""
    every = parts(content, round_)
    contact = next((part.rows for part in every if part.section.key == CONTACT), [])
    return {
        "round": round_,
        "summary": content.get("summary", ""),
        "language": content.get("language", ""),
        "parts": [
            Part(part.section, rows)
            for part in every
            if part.section.key not in _NOT_IN_BRIEF | {CONTACT}
            and (rows := [row for row in part.rows if _is_shown(row, content)])
        ],
        "contact": [row for row in contact if row.is_answered],
    }


def _is_shown(row: Row, content: dict[str, Any]) -> bool:
    name = row.question.field
    says_nothing = _SAYS_NOTHING.get(name) == content.get(name, "")
    return row.is_answered and name not in _AT_HEAD and not says_nothing
