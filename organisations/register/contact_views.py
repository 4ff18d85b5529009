"""Pages about the contact people whom the register names."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minno_portal.errors import Refused
from minno_portal.outbox.failing import address_works
from organisations.access import SignedInRequest, posted, require, say_why
from organisations.register import contacts
from organisations.register.contacts import Person
from organisations.register.errors import ContactKnown
from organisations.register.forms import ContactForm
from organisations.register.models import Contact, Organisation
from organisations.register.pages import page_of

LONGEST_ADDRESS = 254


@login_required
def contact_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Name a new contact person."""
    found = _organisation(request, pk)
    return _form_page(request, found, Contact(organisation=found, language=found.language))


@login_required
def contact_edit(request: SignedInRequest, pk: int, contact: int) -> HttpResponse:
    """Change what is told of a contact person."""
    found = _organisation(request, pk)
    return _form_page(request, found, get_object_or_404(found.contacts, pk=contact))


@login_required
@require_POST
def contact_delete(request: SignedInRequest, pk: int, contact: int) -> HttpResponse:
    """Take a contact person out of the register."""
    found = _organisation(request, pk)
    named = get_object_or_404(found.contacts, pk=contact)
    try:
        contacts.remove_contact(named.pk, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
    else:
        messages.success(request, _("%(name)s was removed.") % {"name": named})
    return redirect(page_of(found, request.user))


@login_required
@require_POST
def address_works_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the mark from an address that did not work: it does now."""
    found = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    require("outbox.clear_address", request.user, found)
    address = request.POST.get("address", "").replace("\x00", "")[:LONGEST_ADDRESS]
    if address_works(address, actor=request.user):
        messages.success(request, _("%(address)s is no longer marked.") % {"address": address})
    return redirect(page_of(found, request.user))


def _organisation(request: SignedInRequest, pk: int) -> Organisation:
    found = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    require("organisations.edit_contacts", request.user, found)
    return found


def _form_page(request: SignedInRequest, found: Organisation, contact: Contact) -> HttpResponse:
    form = ContactForm(posted(request), instance=contact)
    if request.method == "POST" and form.is_valid():
        try:
            _store(request, found, contact, form.person)
        except ContactKnown as refusal:
            form.add_error("email", str(refusal.sentence))
        except Refused as refusal:
            say_why(request, refusal)
            return redirect(page_of(found, request.user))
        else:
            messages.success(request, _("The changes were saved."))
            return redirect(page_of(found, request.user))
    context = {
        "organisation": found,
        "contact": contact,
        "form": form,
        "back": page_of(found, request.user),
    }
    return render(request, "organisations/contact.html", context)


def _store(request: SignedInRequest, found: Organisation, contact: Contact, person: Person) -> None:
    if contact.pk:
        contacts.update_contact(contact.pk, person=person, actor=request.user)
    else:
        contacts.add_contact(found.pk, person=person, actor=request.user)
