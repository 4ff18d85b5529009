"""A round's form as associations will see it, for the coordinator who plans it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from organisations.access import SignedInRequest, require
from rounds.challenges.asked import asked_sections
from rounds.planning.models import Round
from rounds.planning.pages import round_context


@login_required
@require_safe
def round_form_preview(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the whole form in one of its languages; what is typed here goes nowhere."""
    round_: Round = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require("rounds.see_form", request.user, round_)
    languages = dict(settings.LANGUAGES)
    language = request.GET.get("language", "")
    if language not in languages:
        language = get_language() or settings.LANGUAGE_CODE
    with override(language):
        sample = render_to_string(
            "rounds/challenges/_whole_form.html", {"sections": asked_sections(round_)}
        )
    context = round_context(round_, request.user, tab="form")
    context |= {"sample": sample, "spoken": language, "choices": settings.LANGUAGES}
    return render(request, "rounds/challenges/form_preview.html", context)
