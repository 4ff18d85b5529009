"""The page of the communication kit, its posters and its pictures."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from minno_portal.public_pages import public_page
from organisations.access import SignedInRequest, require
from rounds.call.kit.call_moments import OPENS
from rounds.call.kit.moments import Moment, every_moment, moment_called
from rounds.call.kit.picture import picture_png
from rounds.call.kit.poster import poster_pdf
from rounds.call.kit.texts import pieces
from rounds.planning.models import Round
from rounds.planning.pages import round_context

LANGUAGES = dict(settings.LANGUAGES)


@require_safe
@login_required
def kit(request: SignedInRequest, slug: str, key: str = "") -> HttpResponse:
    """Show a moment's texts in one language, ready to copy, with its poster and its picture."""
    round_ = _round(request, slug)
    known = [(moment, moment.facts(round_)) for moment in every_moment()]
    moment = _moment(key) if key else _first_told(known)
    language = request.GET.get("language", "")
    if language not in LANGUAGES:
        language = get_language() or settings.LANGUAGE_CODE
    facts = next(facts for each, facts in known if each == moment)
    context = {
        **round_context(round_, request.user, tab="letters"),
        "moments": [(each, facts is not None) for each, facts in known],
        "moment": moment,
        "pieces": None if facts is None else list(pieces(round_, moment, facts, language)),
        "subtab": "kit",
        "text_language": language,
        "languages": settings.LANGUAGES,
    }
    return render(request, "rounds/call/kit/kit.html", context)


@require_safe
@login_required
def poster(request: SignedInRequest, slug: str, key: str, language: str) -> HttpResponse:
    """Give a moment's poster as a PDF file."""
    round_ = _round(request, slug)
    moment, facts = _told(round_, key, language)
    pdf = poster_pdf(round_, moment, facts, language)
    return _file(pdf, "application/pdf", f"{round_.slug}-{moment.key}-{language}.pdf")


@require_safe
@login_required
def picture(request: SignedInRequest, slug: str, key: str, language: str) -> HttpResponse:
    """Give a moment's picture as a PNG file."""
    round_ = _round(request, slug)
    moment, facts = _told(round_, key, language)
    png = picture_png(round_, moment, facts, language)
    return _file(png, "image/png", f"{round_.slug}-{moment.key}-{language}.png")


@require_safe
@public_page(seconds=600)
def public_picture(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the picture that goes with the shared address of an open call."""
    round_ = get_object_or_404(Round.objects.published().with_call_open(), slug=slug)
    language = get_language() or settings.LANGUAGE_CODE
    return HttpResponse(picture_png(round_, OPENS, {}, language), content_type="image/png")


def _round(request: SignedInRequest, slug: str) -> Round:
    round_: Round = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require("rounds.see_kit", request.user, round_)
    return round_


def _moment(key: str) -> Moment:
    moment = moment_called(key)
    if moment is None:
        raise Http404
    return moment


def _first_told(known: list[tuple[Moment, dict[str, Any] | None]]) -> Moment:
    """Return the first moment that there is something to tell of, the first of all otherwise."""
    return next((moment for moment, facts in known if facts is not None), known[0][0])


def _told(round_: Round, key: str, language: str) -> tuple[Moment, dict[str, Any]]:
    moment = _moment(key)
    facts = moment.facts(round_)
    if facts is None or language not in LANGUAGES:
        raise Http404
    return moment, facts


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
