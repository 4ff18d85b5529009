"""The readers of a campaign and what became of their letters, as a table to keep."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minno_portal.spreadsheets import KINDS, table_response
from organisations.access import SignedInRequest
from rounds.call.campaigns import results
from rounds.call.campaigns.pages import the_campaign


@login_required
@require_safe
def campaign_export(request: SignedInRequest, slug: str, pk: int, kind: str) -> HttpResponse:
    """Give the list, narrowed as the page is, as a file."""
    campaign = the_campaign(request, slug, pk, "rounds.see_campaigns")
    if kind not in KINDS or campaign.is_open:
        raise Http404
    state = request.GET.get("state", "")
    found = results.narrowed(campaign, state if state in dict(results.choices()) else "")
    name = f"{campaign.round.slug}-campaign-{campaign.pk}"
    rows = results.sheet(results.rows_of(campaign, found))
    return table_response(kind, name, _("Readers"), results.head(), rows)
