"""What the pages of campaigns have in common."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from organisations.access import SignedInRequest, require
from rounds.call.campaigns.models import Campaign
from rounds.planning.models import Round
from rounds.planning.pages import round_context


def the_round(request: SignedInRequest, slug: str, permission: str) -> Round:
    """Return the round: a stranger gets 404, somebody without the permission 403."""
    round_: Round = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require(permission, request.user, round_)
    return round_


def the_campaign(request: SignedInRequest, slug: str, pk: int, permission: str) -> Campaign:
    """Return the campaign of the round: a stranger gets 404, one without the permission 403."""
    round_ = the_round(request, slug, permission)
    campaigns = Campaign.objects.filter(round=round_).select_related("approved_by", "created_by")
    campaign: Campaign = get_object_or_404(campaigns, pk=pk)
    campaign.round = round_
    return campaign


def page(
    request: SignedInRequest, template: str, round_: Round, context: dict[str, Any]
) -> HttpResponse:
    """Show a page of campaigns within the round's own page."""
    around = round_context(round_, request.user, tab="letters")
    around["subtab"] = "campaigns"
    return render(request, f"rounds/call/campaigns/{template}.html", {**around, **context})
