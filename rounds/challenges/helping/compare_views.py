"""Any two submitted versions of a challenge beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from organisations.access import SignedInRequest, require
from rounds.challenges.helping.comparing import compare_versions
from rounds.challenges.helping.tabs import VERSIONS, page_context
from rounds.challenges.models import Challenge, Revision


@login_required
@require_safe
def challenge_compare(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what changed between two versions: the last two, unless others are asked for."""
    challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
    require("rounds.see_challenge", request.user, challenge)
    revisions = list(challenge.revisions.select_related("submitted_by").order_by("number"))
    context: dict[str, Any] = {
        **page_context(challenge, request.user, VERSIONS),
        "revisions": revisions,
    }
    if len(revisions) > 1:
        old = _chosen(revisions, request.GET.get("from", ""), revisions[-2])
        new = _chosen(revisions, request.GET.get("to", ""), revisions[-1])
        compared = compare_versions(old.content, new.content, challenge.round)
        context |= {
            "old": old,
            "new": new,
            "changed": [part for part in compared if part.changed],
            "same": [part for part in compared if part.same],
            "same_count": sum(len(part.same) for part in compared),
        }
    return render(request, "rounds/challenges/helping/compare.html", context)


def _chosen(revisions: Sequence[Revision], number: str, otherwise: Revision) -> Revision:
    """Return the version that is asked for; what is no version's number asks for none."""
    return next((each for each in revisions if str(each.number) == number), otherwise)
