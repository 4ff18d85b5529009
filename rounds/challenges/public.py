"""The form as anybody can read it before signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from minno_portal.public_pages import public_page
from rounds.challenges.asked import asked_sections
from rounds.challenges.beside_form import beside_form
from rounds.planning.models import Round


@require_safe
@public_page(seconds=60)
def public_form(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every question, what is needed for submitting, and what challenges are assessed by."""
    round_ = get_object_or_404(Round.objects.published(), slug=slug)
    context = {
        "round": round_,
        "sections": asked_sections(round_),
        "beside": beside_form(round_),
    }
    return render(request, "rounds/challenges/public_form.html", context)
