"""Writing campaigns: their list, a new one, changing and removing one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from minno_portal.errors import Refused
from organisations.access import SignedInRequest, posted, say_why
from rounds.call.campaigns import services
from rounds.call.campaigns.composing import Writer
from rounds.call.campaigns.enums import Purpose
from rounds.call.campaigns.forms import CampaignForm, first_values, values_of
from rounds.call.campaigns.models import Campaign
from rounds.call.campaigns.pages import page, the_campaign, the_round
from rounds.planning.models import Round


@login_required
@require_safe
def campaigns(request: SignedInRequest, slug: str) -> HttpResponse:
    """List a round's campaigns, and offer a new one for each purpose."""
    round_ = the_round(request, slug, "rounds.see_campaigns")
    counted = round_.campaigns.annotate(
        reader_count=Count("recipients"), visit_count=Count("recipients__visited_on")
    )
    found = counted.select_related("approved_by")
    for each in found:
        each.round = round_
    context = {
        "campaigns": [(each, Writer(each).shown_subject()) for each in found],
        "purposes": Purpose.choices,
        "may_write": rules.has_perm("rounds.write_campaign", request.user, round_),
    }
    return page(request, "list", round_, context)


@login_required
@require_http_methods(["GET", "POST"])
def campaign_new(request: SignedInRequest, slug: str, purpose: str) -> HttpResponse:
    """Write a campaign: text and readers are filled in beforehand."""
    round_ = the_round(request, slug, "rounds.write_campaign")
    if purpose not in Purpose.values:
        raise Http404
    form = CampaignForm(
        posted(request),
        purpose=purpose,
        round_=round_,
        user=request.user,
        initial=None if request.method == "POST" else first_values(purpose, round_),
    )
    if made := _stored(request, form, partial(services.begin_campaign, round_.pk, purpose=purpose)):
        return _saved(request, made)
    return _form_page(request, round_, form, purpose)


@login_required
@require_http_methods(["GET", "POST"])
def campaign_edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Change a campaign of which nothing has been sent."""
    campaign = the_campaign(request, slug, pk, "rounds.write_campaign")
    if not campaign.is_open:
        return redirect(campaign)
    form = CampaignForm(
        posted(request),
        purpose=campaign.purpose,
        round_=campaign.round,
        user=request.user,
        initial=values_of(campaign),
    )
    if saved := _stored(request, form, partial(services.edit_campaign, campaign.pk)):
        return _saved(request, saved)
    return _form_page(request, campaign.round, form, campaign.purpose, campaign)


@login_required
@require_POST
def campaign_delete(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Remove a campaign of which nothing has been sent."""
    campaign = the_campaign(request, slug, pk, "rounds.write_campaign")
    try:
        services.drop_campaign(campaign.pk, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
        return redirect(campaign)
    messages.success(request, _("The campaign was removed. Nothing was sent."))
    return redirect("campaigns", slug)


def _stored(
    request: SignedInRequest, form: CampaignForm, store: Callable[..., Campaign]
) -> Campaign | None:
    """Have a service store what was written; None where the form has to be shown again."""
    if not form.is_bound or not form.is_valid():
        return None
    is_ready = "ready" in request.POST
    try:
        return store(texts=form.texts, filters=form.filters, is_ready=is_ready, actor=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal.sentence))
        return None


def _saved(request: SignedInRequest, campaign: Campaign) -> HttpResponse:
    messages.success(request, _("Saved. Nothing has been sent."))
    return redirect(campaign)


def _form_page(
    request: SignedInRequest,
    round_: Round,
    form: CampaignForm,
    purpose: str,
    campaign: Campaign | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "campaign": campaign,
        "purpose_label": Purpose(purpose).label,
    }
    return page(request, "edit", round_, context)
