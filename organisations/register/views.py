"""Pages about organisations."""

from __future__ import annotations

from collections.abc import Sequence

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from minno_portal.errors import Refused
from organisations.access import SignedInRequest, require
from organisations.partnership.models import Partnership
from organisations.register import services
from organisations.register.enums import Kind
from organisations.register.errors import OrganisationKnown, SeveralFound
from organisations.register.forms import JoiningForm, OrganisationForm
from organisations.register.models import Organisation
from organisations.register.pages import organisation_context, page_of


@login_required
def organisation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show an organisation, its people and who has been invited."""
    found = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    return render(
        request, "organisations/organisation.html", organisation_context(found, request.user)
    )


@login_required
def organisation_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what is told of an organisation."""
    found = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    require("organisations.edit_facts", request.user, found)
    may_rename = rules.has_perm("organisations.edit_identity", request.user, found)
    shown = {name: getattr(found, name) for name in OrganisationForm.layout if name != "counties"}
    shown["counties"] = found.counties.all()
    form = OrganisationForm(
        request.POST or None,
        initial=shown,
        may_rename=may_rename,
        may_keep=found.kind == Kind.ASSOCIATION
        and rules.has_perm("organisations.keep_register", request.user),
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.update_organisation(
                found.pk,
                facts=form.facts,
                identity=form.identity,
                is_member=form.is_member_now,
                actor=request.user,
            )
        except OrganisationKnown as refusal:
            form.add_error(refusal.field, str(refusal.sentence))
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("The changes were saved."))
            return redirect(page_of(found, request.user))
    context = {
        "organisation": found,
        "form": form,
        "may_rename": may_rename,
        "back": page_of(found, request.user),
    }
    return render(request, "organisations/organisation_edit.html", context)


@login_required
def organisation_new(request: SignedInRequest) -> HttpResponse:
    """Let a newcomer name their association, and take them on to where they were going."""
    form = JoiningForm(request.POST or None, initial={"language": get_language()})
    candidates: Sequence[Organisation] = ()
    reply_to = ""
    if request.method == "POST" and form.is_valid():
        try:
            joined = services.join_or_create(**form.cleaned_data, actor=request.user)
        except SeveralFound as question:
            candidates = question.candidates
        except OrganisationKnown as refusal:
            form.add_error(refusal.field, str(refusal.sentence))
            reply_to = Partnership.objects.values_list("reply_to", flat=True).first() or ""
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            return _welcome(request, joined)
    context = {
        "form": form,
        "next": _next_page(request),
        "candidates": candidates,
        "reply_to": reply_to,
    }
    return render(request, "organisations/organisation_new.html", context)


def _welcome(request: SignedInRequest, joined: Organisation) -> HttpResponse:
    """Say what the newcomer can do now, and take them there."""
    is_claim = joined.pk in request.user.ties.claimed
    said = (
        _(
            "%(organisation)s is known here. You can begin a challenge at once; you see the "
            "association's other challenges when a colleague or the coordinator has approved you."
        )
        if is_claim
        else _("You now act for %(organisation)s.")
    )
    messages.success(request, said % {"organisation": joined.name})
    return redirect(_next_page(request) or ("desk" if is_claim else page_of(joined, request.user)))


def _next_page(request: HttpRequest) -> str:
    """Return the page asked for by `next`, if it is one of ours."""
    page = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if is_ours else ""
