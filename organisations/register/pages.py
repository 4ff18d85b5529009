"""What the pages of one organisation have in common."""

from __future__ import annotations

from typing import Any

import rules
from django.urls import reverse

from minno_portal.outbox.failing import addresses_that_fail
from organisations.mailing.services import with_unsubscribed
from organisations.membership.enums import Role
from organisations.membership.forms import InviteForm
from organisations.people.models import User
from organisations.register.enums import Kind
from organisations.register.models import Organisation


def page_of(organisation: Organisation, user: User) -> str:
    """Return the page where `user` looks at the organisation: their own, or the register's."""
    is_own = organisation.pk in user.ties.every or organisation.kind != Kind.ASSOCIATION
    keeps = rules.has_perm("organisations.keep_register", user)
    name = "register-organisation" if keeps and not is_own else "organisation"
    return reverse(name, args=[organisation.pk])


def organisation_context(organisation: Organisation, user: User) -> dict[str, Any]:
    """Return the people, contact people and areas, and what `user` may do with them."""
    may_invite = rules.has_perm("organisations.invite_person", user, organisation)
    members = organisation.memberships.select_related("user").order_by(
        "awaits_approval", "user__name", "pk"
    )
    may_edit_contacts = rules.has_perm("organisations.edit_contacts", user, organisation)
    contacts = list(
        with_unsubscribed(organisation.contacts.order_by("name", "email"), user.ties.coordinator)
    )
    addresses = [*(each.email for each in contacts), *(each.user.email for each in members)]
    ends_all = rules.has_perm("organisations.keep_register", user)
    return {
        "organisation": organisation,
        "areas": organisation.counties.all(),
        "members": [
            (
                each,
                each.user_id == user.pk or (ends_all and each.role == Role.CONTACT),
            )
            for each in members
            if not each.awaits_approval
        ],
        "claims": [
            (each, rules.has_perm("organisations.approve_claim", user, each))
            for each in members
            if each.awaits_approval
        ],
        "contacts": contacts,
        "failing": addresses_that_fail(addresses),
        "may_clear": rules.has_perm("outbox.clear_address", user),
        "invitations": organisation.invitations.open().order_by("email") if may_invite else [],
        "form": InviteForm(organisation=organisation, actor=user) if may_invite else None,
        "may_edit": rules.has_perm("organisations.edit_facts", user, organisation),
        "may_edit_contacts": may_edit_contacts,
        "may_see_register": rules.has_perm("organisations.see_register", user),
    }
