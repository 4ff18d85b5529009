"""Saying yes or no to people who say to act for an organisation, and leaving it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minno_portal.errors import Refused
from organisations.access import SignedInRequest, require, say_why
from organisations.membership.claims import approve_claim, refuse_claim
from organisations.membership.models import Membership
from organisations.membership.services import end_membership
from organisations.register.models import Organisation
from organisations.register.pages import page_of


@login_required
@require_POST
def membership_approve(request: SignedInRequest, pk: int, membership: int) -> HttpResponse:
    """Let a person act for the organisation they named."""
    found = _membership(request, pk, membership, "organisations.approve_claim")
    done = _("%(person)s now acts for %(organisation)s.")
    return _do(request, found, approve_claim, done)


@login_required
@require_POST
def membership_refuse(request: SignedInRequest, pk: int, membership: int) -> HttpResponse:
    """Say no to a person who says to act for an organisation."""
    found = _membership(request, pk, membership, "organisations.approve_claim")
    return _do(request, found, refuse_claim, _("%(person)s was refused."))


@login_required
@require_POST
def membership_end(request: SignedInRequest, pk: int, membership: int) -> HttpResponse:
    """Let a person no longer act for an organisation."""
    found = _membership(request, pk, membership, "organisations.end_membership")
    done = _("%(person)s no longer acts for %(organisation)s.")
    return _do(request, found, end_membership, done)


def _membership(request: SignedInRequest, pk: int, membership: int, permission: str) -> Membership:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    members = organisation.memberships.select_related("user", "organisation")
    found = get_object_or_404(members, pk=membership)
    require(permission, request.user, found)
    return found


def _do(
    request: SignedInRequest, found: Membership, service: Callable[..., Membership], done: str
) -> HttpResponse:
    organisation = found.organisation
    try:
        service(found.pk, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
    else:
        messages.success(request, done % {"person": found.user, "organisation": organisation.name})
    still_there = Organisation.objects.visible_to(request.user).filter(pk=organisation.pk)
    return redirect(page_of(organisation, request.user) if still_there.exists() else "me")
