"""Who may bring organisations to the register, look after them and accept new ones."""

from __future__ import annotations

from typing import Any

import rules

from organisations.membership.enums import Role
from organisations.membership.permissions import (
    belongs_to,
    coordinates_rounds,
    is_association,
    is_contact_of,
)
from organisations.partnership.permissions import administers


@rules.predicate
def has_own_people(user: Any, organisation: Any) -> bool:
    """Whether somebody acts for the organisation, who can tell what it is called."""
    members = organisation.memberships.filter(role=Role.CONTACT, awaits_approval=False)
    return bool(members.exists())


# Anybody who has signed in may name their association; what they may do follows from that.
rules.add_perm("organisations.create_organisation", rules.is_authenticated & rules.is_active)

keeps_association = coordinates_rounds & is_association

rules.add_perm("organisations.see_register", coordinates_rounds | administers)
rules.add_perm("organisations.keep_register", coordinates_rounds)
rules.add_perm("organisations.approve_organisation", keeps_association)
rules.add_perm("organisations.edit_facts", belongs_to | administers | keeps_association)
rules.add_perm(
    "organisations.edit_identity", belongs_to | administers | (keeps_association & ~has_own_people)
)
rules.add_perm("organisations.edit_contacts", is_association & (is_contact_of | coordinates_rounds))
rules.add_perm("organisations.write_note", keeps_association)
rules.add_perm("organisations.merge_organisations", keeps_association)

rules.add_perm("outbox.list_letters", coordinates_rounds | administers)
rules.add_perm("outbox.send_letters", coordinates_rounds)
rules.add_perm("outbox.clear_address", coordinates_rounds)
