"""Who may bring people to an organisation, and in which role."""

from __future__ import annotations

from typing import Any

import rules

from organisations.membership.enums import Role
from organisations.partnership.models import Partnership
from organisations.partnership.permissions import administers
from organisations.register.enums import Kind


@rules.predicate
def belongs_to(user: Any, organisation: Any) -> bool:
    """Whether the user has some role in the organisation."""
    return bool(user.is_authenticated and organisation.pk in user.ties.every)


@rules.predicate
def is_contact_of(user: Any, organisation: Any) -> bool:
    """Whether the user is a contact person of the organisation."""
    return bool(user.is_authenticated and organisation.pk in user.ties.contact)


@rules.predicate
def is_coordinator_of(user: Any, organisation: Any) -> bool:
    """Whether the user is a coordinator in the organisation."""
    return bool(user.is_authenticated and organisation.pk in user.ties.coordinator)


@rules.predicate
def is_staff_of(user: Any, organisation: Any) -> bool:
    """Whether the user is the staff of the institution."""
    return bool(user.is_authenticated and organisation.pk in user.ties.staff)


@rules.predicate
def coordinates_rounds(user: Any, organisation: Any = None) -> bool:
    """Whether the user is a coordinator somewhere."""
    return bool(user.is_authenticated and user.ties.coordinator)


@rules.predicate
def is_partner_of(user: Any, organisation: Any) -> bool:
    """Whether the organisation is the institution of a partnership that the user coordinates."""
    return bool(
        user.is_authenticated
        and user.ties.coordinator
        and Partnership.objects.filter(
            coordinator__in=user.ties.coordinator, institution=organisation
        ).exists()
    )


@rules.predicate
def is_association(user: Any, organisation: Any) -> bool:
    """Whether the organisation gives challenges: it is not an educational institution."""
    return bool(organisation.kind == Kind.ASSOCIATION)


@rules.predicate
def is_institution(user: Any, organisation: Any) -> bool:
    """Whether the organisation is an educational institution."""
    return bool(organisation.kind == Kind.INSTITUTION)


@rules.predicate
def is_of_colleague(user: Any, membership: Any) -> bool:
    """Whether the user is an approved contact person of the membership's organisation."""
    return bool(user.is_authenticated and membership.organisation_id in user.ties.contact)


@rules.predicate
def is_of_contact(user: Any, membership: Any) -> bool:
    """Whether the membership is a contact person's."""
    return bool(membership.role == Role.CONTACT)


@rules.predicate
def is_own_membership(user: Any, membership: Any) -> bool:
    """Whether the membership is the user's own."""
    return bool(user.is_authenticated and membership.user_id == user.pk)


# The permission that inviting to a role asks for, by role.
INVITING = {role: f"organisations.invite_{role}" for role in Role.values}

invites_contact = is_association & (is_contact_of | coordinates_rounds | administers)
invites_coordinator = is_association & (is_coordinator_of | administers)
invites_staff = is_institution & (is_staff_of | is_partner_of | administers)

rules.add_perm("organisations.see_organisation", belongs_to | coordinates_rounds | administers)
# Nobody approves themselves.
rules.add_perm(
    "organisations.approve_claim", ~is_own_membership & (is_of_colleague | coordinates_rounds)
)
rules.add_perm(
    "organisations.end_membership", is_own_membership | (is_of_contact & coordinates_rounds)
)
rules.add_perm(INVITING[Role.CONTACT], invites_contact)
rules.add_perm(INVITING[Role.COORDINATOR], invites_coordinator)
rules.add_perm(INVITING[Role.STAFF], invites_staff)
rules.add_perm("organisations.invite_person", invites_contact | invites_coordinator | invites_staff)


def roles_to_invite(user: Any, organisation: Any) -> list[str]:
    """Return the roles in `organisation` to which `user` may invite."""
    return [role for role in Role.values if rules.has_perm(INVITING[role], user, organisation)]
