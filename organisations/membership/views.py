"""Pages about inviting and being invited."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from minno_portal.errors import Refused
from organisations.access import SignedInRequest, require, say_why
from organisations.membership import services
from organisations.membership.errors import AlreadyMember
from organisations.membership.forms import InviteForm
from organisations.membership.models import Invitation
from organisations.register.models import Organisation
from organisations.register.pages import page_of


@login_required
def invite(request: SignedInRequest, pk: int) -> HttpResponse:
    """Invite a colleague to an organisation."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    require("organisations.invite_person", request.user, organisation)
    form = InviteForm(request.POST or None, organisation=organisation, actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            services.invite_person(organisation.pk, **form.cleaned_data, actor=request.user)
        except AlreadyMember as refusal:
            form.add_error("email", str(refusal.sentence))
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            sent = _("We sent an invitation to %(address)s.")
            messages.success(request, sent % {"address": form.cleaned_data["email"]})
            return redirect(page_of(organisation, request.user))
    context = {
        "organisation": organisation,
        "form": form,
        "back": page_of(organisation, request.user),
    }
    return render(request, "organisations/invite.html", context)


@login_required
@require_POST
def invitation_cancel(request: SignedInRequest, pk: int, invitation: int) -> HttpResponse:
    """Take back an invitation."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    require("organisations.invite_person", request.user, organisation)
    invited = get_object_or_404(organisation.invitations, pk=invitation)
    try:
        services.cancel_invitation(invited.pk, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
    else:
        done = _("The invitation to %(address)s was taken back.") % {"address": invited.email}
        messages.success(request, done)
    return redirect(page_of(organisation, request.user))


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the invitation is to; accept it only when the button is pressed.

    Mail programs open links on their own, so opening the page must not accept anything.
    """
    found = Invitation.objects.select_related("organisation", "invited_by").filter(
        token_hash=services.token_hash(token)
    )
    invited = found.first()
    if request.method == "POST":
        return _accept(request, token)
    context = {"invitation": invited, "problem": _problem(request, invited)}
    return render(request, "organisations/invitation.html", context, status=200 if invited else 404)


def _problem(request: HttpRequest, invited: Invitation | None) -> str:
    """Return the key of what stands in the way, or an empty string."""
    if invited is None:
        return "unknown"
    if invited.accepted_at:
        return "used"
    if not Invitation.objects.open().filter(pk=invited.pk).exists():
        return "expired"
    if request.user.is_authenticated and not services.is_own_address(request.user, invited.email):
        return "other-address"
    return ""


def _accept(request: HttpRequest, token: str) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    try:
        membership = services.accept_invitation(token, actor=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal.sentence))
        return redirect("invitation", token=token)
    done = _("Welcome! You now act for %(organisation)s.")
    messages.success(request, done % {"organisation": membership.organisation.name})
    return redirect("organisation", pk=membership.organisation_id)
