"""The page of what speaks of the same things as a challenge."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from organisations.access import SignedInRequest, require
from rounds.challenges.enums import Status
from rounds.challenges.helping.similar import (
    Found,
    Match,
    copies,
    found_by_others,
    marked,
    query_for,
    similar_challenges,
)
from rounds.challenges.helping.tabs import SIMILAR, page_context, reviews
from rounds.challenges.models import Challenge
from rounds.challenges.presentation import content_for

HALF_WRITTEN = frozenset({Status.NEEDS_COMPLETION, Status.WITHDRAWN})


@login_required
@require_safe
def challenge_similar(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show similar challenges and outcomes: to the association only what anybody may read."""
    challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
    require("rounds.see_challenge", request.user, challenge)
    is_party = reviews(request.user, challenge)
    content = content_for(request.user, challenge, list(challenge.revisions.order_by("number")))
    query = query_for(content)
    found: list[Found] = []
    context = page_context(challenge, request.user, SIMILAR)
    if query is not None:
        every = Challenge.objects
        readable = every.visible_to(request.user) if is_party else every.public()
        near = similar_challenges(challenge, query, readable)
        own = [each for each in near if each.organisation_id == challenge.organisation_id]
        same_round = [each for each in own if each.round_id == challenge.round_id]
        alike = [each for each in same_round if each.status != Status.WITHDRAWN]
        alike_ids = copies(challenge, content, alike)
        context["copies"] = [each for each in alike if each.pk in alike_ids]
        found = [_challenges(challenge, near, is_party=is_party), *found_by_others(query)]
    return render(request, "rounds/challenges/helping/similar.html", {**context, "found": found})


def _challenges(challenge: Challenge, near: list[Challenge], *, is_party: bool) -> Found:
    return Found(
        _("Challenges"),
        _("No other challenge speaks of the same things."),
        [_match(challenge, each, is_party=is_party) for each in near],
    )


def _match(challenge: Challenge, other: Challenge, *, is_party: bool) -> Match:
    detail = f"{other.organisation.shown_name} · {_('Round %(code)s') % {'code': other.round.code}}"
    return Match(
        title=other.shown_title or str(other),  # type: ignore[attr-defined]
        url=reverse("challenge", args=[other.pk])
        if is_party
        else reverse("public-round", args=[other.round.slug]),
        # What is being completed is the association's own until it is submitted again.
        summary=marked("" if other.status in HALF_WRITTEN else other.headline),  # type: ignore[attr-defined]
        detail=f"{other.reference} · {detail}" if is_party else detail,
        language=other.language,
        status=other.status if is_party else "",
        status_label=other.get_status_display() if is_party else "",
        is_own=other.organisation_id == challenge.organisation_id,
    )
