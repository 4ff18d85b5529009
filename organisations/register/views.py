"""Pages about organisations."""

from __future__ import annotations

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from organisations.access import SignedInRequest, require
from organisations.membership.forms import InviteForm
from organisations.partnership.models import Partnership
from organisations.register import services
from organisations.register.errors import OrganisationKnown
from organisations.register.forms import NewOrganisationForm, OrganisationForm
from organisations.register.models import Organisation


@login_required
def organisation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show an organisation, its people and who has been invited."""
    found = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    may_invite = rules.has_perm("organisations.invite_person", request.user, found)
    return render(
        request,
        "organisations/organisation.html",
        {
            "organisation": found,
            "members": found.memberships.select_related("user").order_by("user__name", "pk"),
            "invitations": found.invitations.open().order_by("email") if may_invite else [],
            "form": InviteForm(organisation=found, actor=request.user) if may_invite else None,
            "may_edit": rules.has_perm("organisations.edit_organisation", request.user, found),
        },
    )


@login_required
def organisation_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what is told of an organisation."""
    found = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    require("organisations.edit_organisation", request.user, found)
    shown = {name: getattr(found, name) for name in OrganisationForm.layout}
    form = OrganisationForm(request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        try:
            services.update_organisation(found.pk, **form.cleaned_data, actor=request.user)
        except OrganisationKnown as refusal:
            form.add_error(refusal.field, str(refusal.sentence))
        else:
            messages.success(request, _("The changes were saved."))
            return redirect("organisation", pk=found.pk)
    return render(
        request, "organisations/organisation_edit.html", {"organisation": found, "form": form}
    )


@login_required
def organisation_new(request: SignedInRequest) -> HttpResponse:
    """Let a newcomer name their association, and take them on to where they were going."""
    form = NewOrganisationForm(request.POST or None, initial={"language": get_language()})
    reply_to = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_organisation(**form.cleaned_data, actor=request.user)
        except OrganisationKnown as refusal:
            form.add_error(refusal.field, str(refusal.sentence))
            reply_to = Partnership.objects.values_list("reply_to", flat=True).first() or ""
        else:
            welcome = _("You now act for %(organisation)s.") % {"organisation": made.name}
            messages.success(request, welcome)
            return redirect(_next_page(request) or made)
    context = {"form": form, "next": _next_page(request), "reply_to": reply_to}
    return render(request, "organisations/organisation_new.html", context)


def _next_page(request: HttpRequest) -> str:
    """Return the page asked for by `next`, if it is one of ours."""
    page = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if is_ours else ""
