"""Who acts for the two parties of a partnership."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from minno_portal.outbox.services import Recipient
from organisations.membership.enums import Role
from organisations.membership.models import Membership
from organisations.partnership.models import Partnership


def acting_for(partnerships: Iterable[Partnership]) -> Q:
    """Return which memberships are the coordinator's people's and the institution's staff's."""
    known = set(partnerships)
    coordinators = {each.coordinator_id for each in known}
    institutions = {each.institution_id for each in known}
    return Q(organisation__in=coordinators, role=Role.COORDINATOR) | Q(
        organisation__in=institutions, role=Role.STAFF
    )


def readers_of(partnerships: Iterable[Partnership]) -> dict[int, list[Recipient]]:
    """Return the coordinator's people and the institution's staff, by the partnership's id.

    One query at any number of partnerships, none without one.
    """
    partnerships = set(partnerships)
    members: dict[tuple[int, str], list[Recipient]] = defaultdict(list)
    found = Membership.objects.filter(acting_for(partnerships), user__is_active=True)
    for membership in found.select_related("user").order_by("user__email"):
        key = membership.organisation_id, membership.role
        members[key].append(Recipient.of(membership.user))
    return {
        each.pk: [
            *members[each.coordinator_id, Role.COORDINATOR],
            *members[each.institution_id, Role.STAFF],
        ]
        for each in partnerships
    }
