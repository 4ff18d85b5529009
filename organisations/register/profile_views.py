"""An association as coordinators see it: facts, people, history of taking part, notes, approval."""

from __future__ import annotations

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from minno_portal.errors import Refused
from organisations.access import SignedInRequest, require, say_why
from organisations.register import notes, past, services
from organisations.register.enums import Kind
from organisations.register.forms import NoteForm
from organisations.register.models import Note, Organisation
from organisations.register.pages import organisation_context


def association_of(request: SignedInRequest, pk: int, permission: str) -> Organisation:
    """Return the association of the register; 404 to whom it does not exist, 403 to whom not.

    :param permission: what the person needs.
    """
    visible = Organisation.objects.visible_to(request.user).filter(kind=Kind.ASSOCIATION)
    found = get_object_or_404(visible, pk=pk)
    require(permission, request.user, found)
    return found


@login_required
@require_safe
def register_organisation(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show everything the register knows of an association."""
    found = association_of(request, pk, "organisations.see_register")
    return _page(request, found, NoteForm())


@login_required
@require_POST
def register_note(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write a note of an association."""
    found = association_of(request, pk, "organisations.write_note")
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        notes.write_note(
            found.pk,
            body=form.cleaned_data["body"],
            coordinator_id=_coordinating(request),
            actor=request.user,
        )
    except Refused as refusal:
        say_why(request, refusal)
    else:
        messages.success(request, _("The note was written."))
    return redirect("register-organisation", pk=pk)


@login_required
@require_POST
def register_note_delete(request: SignedInRequest, pk: int, note: int) -> HttpResponse:
    """Remove a note."""
    found = association_of(request, pk, "organisations.write_note")
    written = get_object_or_404(Note.objects.visible_to(request.user), pk=note, organisation=found)
    try:
        notes.remove_note(written.pk, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
    else:
        messages.success(request, _("The note was removed."))
    return redirect("register-organisation", pk=pk)


@login_required
@require_POST
def register_approve(request: SignedInRequest, pk: int) -> HttpResponse:
    """Accept a new association."""
    found = association_of(request, pk, "organisations.approve_organisation")
    try:
        services.approve_organisation(found.pk, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
    else:
        messages.success(request, _("%(name)s is now in the register.") % {"name": found.name})
    return redirect("register-organisation", pk=pk)


@login_required
@require_POST
def register_refuse(request: SignedInRequest, pk: int) -> HttpResponse:
    """Remove a new association that does not belong here."""
    found = association_of(request, pk, "organisations.approve_organisation")
    try:
        services.refuse_organisation(found.pk, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
        return redirect("register-organisation", pk=pk)
    messages.success(request, _("%(name)s was removed.") % {"name": found.name})
    return redirect("register")


def _page(request: SignedInRequest, found: Organisation, form: NoteForm) -> HttpResponse:
    user = request.user
    written = Note.objects.visible_to(user).filter(organisation=found)
    umbrellas = user.ties.coordinator
    context = organisation_context(found, user) | {
        "history": past.history(user, found.pk),
        "notes": written.select_related("author", "coordinator"),
        "note_form": form,
        # Who coordinates for several chooses whose note it is.
        "umbrellas": Organisation.objects.filter(pk__in=umbrellas) if len(umbrellas) > 1 else [],
        "may_keep": rules.has_perm("organisations.keep_register", user),
    }
    return render(request, "organisations/register/organisation.html", context)


def _coordinating(request: SignedInRequest) -> int:
    """Return the organisation whose note it is: the one that was chosen, or the only one."""
    own = request.user.ties.coordinator
    chosen = request.POST.get("coordinator", "")
    return next((pk for pk in own if str(pk) == chosen), min(own))
