"""Looking at a campaign before it goes out, trying it, sending it and stopping it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from minno_portal.errors import Refused
from minno_portal.languages import language_name
from minno_portal.outbox.rendering import Rendered
from organisations.access import SignedInRequest, say_why
from organisations.people.enums import Language
from rounds.call.campaigns import results, services
from rounds.call.campaigns.audience import Audience
from rounds.call.campaigns.composing import Writer
from rounds.call.campaigns.enums import Status
from rounds.call.campaigns.models import Campaign
from rounds.call.campaigns.pages import page, the_campaign

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Preview:
    """The letter in one language, as a real reader gets it."""

    language: str
    name: str
    count: int
    letter: Rendered
    is_fallback: bool


@never_cache
@login_required
@require_safe
def campaign(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Show a campaign: before it is sent the letter and its readers, then what comes of it."""
    found = the_campaign(request, slug, pk, "rounds.see_campaigns")
    if not found.is_open:
        return _results(request, found)
    audience = services.audience_now(found, request.user)
    context = _before(request, found, audience)
    return page(request, "campaign", found.round, context)


@login_required
@require_safe
def campaign_readers(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Show everybody who would get the letter, and who is left out and why."""
    found = the_campaign(request, slug, pk, "rounds.see_campaigns")
    if not found.is_open:
        return redirect(found)
    audience = services.audience_now(found, request.user)
    readers = Paginator(audience.readers, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"campaign": found, "audience": audience, "page": readers}
    return page(request, "readers", found.round, context)


@login_required
@require_POST
def campaign_test(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Send the letter to oneself."""
    found = the_campaign(request, slug, pk, "rounds.write_campaign")
    try:
        count = services.send_test(found.pk, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
    else:
        text = ngettext(
            "A test letter is on its way to %(address)s.",
            "%(count)d test letters are on their way to %(address)s.",
            count,
        )
        messages.success(request, text % {"count": count, "address": request.user.email})
    return redirect(found)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def campaign_send(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Ask once more, with the count and the languages, then send."""
    found = the_campaign(request, slug, pk, "rounds.send_campaign")
    if request.method == "POST":
        return _send(request, found)
    if found.status != Status.HELD:
        return redirect(found)
    audience = services.audience_now(found, request.user)
    return page(request, "send", found.round, _before(request, found, audience))


@login_required
@require_POST
def campaign_stop(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Send nothing more."""
    found = the_campaign(request, slug, pk, "rounds.send_campaign")
    try:
        services.stop_campaign(found.pk, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
    else:
        messages.success(request, _("The campaign was stopped. Nothing more is sent."))
    return redirect(found)


@never_cache
@login_required
@require_safe
def campaign_progress(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Answer how far the sending is; the part asks again for itself until it is done."""
    found = the_campaign(request, slug, pk, "rounds.see_campaigns")
    context = {"campaign": found, "round": found.round, "results": results.results_of(found)}
    response = render(request, "rounds/call/campaigns/_progress.html", context)
    if found.status != Status.SENDING:
        # The list of readers and the button for stopping are on the page around.
        response.headers["HX-Refresh"] = "true"
    return response


def _send(request: SignedInRequest, found: Campaign) -> HttpResponse:
    seen = request.POST.get("seen", "")
    try:
        services.send_campaign(found.pk, seen=seen, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
    else:
        messages.success(request, _("The letters are on their way. You can leave the page."))
    return redirect(found)


def _before(request: SignedInRequest, found: Campaign, audience: Audience) -> dict[str, Any]:
    """Return what is looked at before sending."""
    try:
        services.refuse_too_early_or_late(found)
        obstacle = ""
    except Refused as refusal:
        obstacle = str(refusal.sentence)
    return {
        "campaign": found,
        "audience": audience,
        "count": len(audience.readers),
        "languages": [
            (language_name(each), count) for each, count in audience.by_language.items() if count
        ],
        "obstacle": obstacle,
        "previews": _previews(request, found, audience),
        "seen": services.mark_of(found, audience),
        "may_write": rules.has_perm("rounds.write_campaign", request.user, found.round),
    }


def _previews(request: SignedInRequest, found: Campaign, audience: Audience) -> list[Preview]:
    writer, counts = Writer(found), audience.by_language
    return [
        Preview(
            language=each if found.has_text_in(each) else Language.FI.value,
            name=language_name(each),
            count=counts[each],
            letter=writer.write(services.sample(audience, each, request.user)),
            is_fallback=not found.has_text_in(each),
        )
        for each in Language.values
    ]


def _results(request: SignedInRequest, found: Campaign) -> HttpResponse:
    state = request.GET.get("state", "")
    choices = results.choices()
    state = state if state in dict(choices) else ""
    readers = Paginator(results.narrowed(found, state), PAGE_SIZE)
    shown = readers.get_page(request.GET.get("page"))
    context = {
        "campaign": found,
        "results": results.results_of(found),
        "subject": Writer(found).shown_subject(),
        "choices": choices,
        "state": state,
        "page": shown,
        "rows": list(results.rows_of(found, shown)),
        "may_stop": found.status == Status.SENDING
        and rules.has_perm("rounds.send_campaign", request.user, found.round),
    }
    return page(request, "results", found.round, context)
