"""What a reader of a campaign opens: the call by the letter's own link, and the way off the list.

Nobody signs in here, no cookie is set, and the addresses hold nothing personal.
"""

from __future__ import annotations

import logging
from http import HTTPStatus

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from redis.exceptions import RedisError

from organisations.mailing.services import is_unsubscribed, subscribe_again, unsubscribe
from rounds.call.campaigns import links
from rounds.call.campaigns.models import CampaignRecipient
from rounds.call.campaigns.services import note_visit

logger = logging.getLogger(__name__)


@never_cache
@require_safe
def visit(request: HttpRequest, token: str) -> HttpResponse:
    """Lead to the call in the reader's language and note the day of the first visit.

    An altered link leads to the front page: whoever has it wants to read of the call.
    """
    recipient = _recipient(links.visitor_of(token))
    if recipient is None:
        return redirect("landing")
    if request.method == "GET" and recipient.visited_on is None:
        note_visit(recipient.pk)
    with translation.override(recipient.language):
        return redirect("public-round", recipient.campaign.round.slug)


@csrf_exempt  # Mail programs press without a page (RFC 8058); the signed link says who asks.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribing(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for one press on a look; unsubscribe on a press, a person's or a mail program's."""
    if token == links.EXAMPLE:
        return render(request, "rounds/call/campaigns/unsubscribe.html", {"is_example": True})
    if request.method == "POST" and not _may_press(request):
        return HttpResponse(status=HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": "60"})
    recipient = _recipient(links.unsubscriber_of(token))
    if recipient is None:
        raise Http404
    partnership = recipient.campaign.round.partnership
    if request.method == "POST":
        change = subscribe_again if "again" in request.POST else unsubscribe
        change(recipient.address, partnership_id=partnership.pk)
        if "List-Unsubscribe" in request.POST:
            return HttpResponse(status=HTTPStatus.OK)
        return redirect(reverse("campaign-unsubscribe", args=[token]))
    context = {
        "partnership": partnership,
        "is_unsubscribed": is_unsubscribed(recipient.address, partnership.pk),
    }
    return render(request, "rounds/call/campaigns/unsubscribe.html", context)


def _recipient(pk: int | None) -> CampaignRecipient | None:
    if pk is None:
        return None
    rows = CampaignRecipient.objects.select_related(
        "campaign__round__partnership__coordinator", "campaign__round__partnership__institution"
    )
    found: CampaignRecipient | None = rows.filter(pk=pk).first()
    return found


def _may_press(request: HttpRequest) -> bool:
    """Count a press; without Redis everybody may."""
    try:
        return bool(ratelimit.consume(request, action="unsubscribe"))
    except RedisError:
        logger.warning("Redis does not answer: unsubscribing is not counted")
        return True
