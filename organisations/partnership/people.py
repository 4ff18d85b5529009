"""Who acts for the two parties of a partnership."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from minno_portal.outbox.services import Recipient
from organisations.membership.enums import Role
from organisations.membership.models import Membership
from organisations.partnership.models import Partnership


def readers_of(partnerships: Iterable[Partnership]) -> dict[int, list[Recipient]]:
    """Return the coordinator's people and the institution's staff, by the partnership's id.

    One query at any number of partnerships, none without one.
    """
    partnerships = set(partnerships)
    roles = Q()
    for each in partnerships:
        roles |= Q(organisation=each.coordinator_id, role=Role.COORDINATOR)
        roles |= Q(organisation=each.institution_id, role=Role.STAFF)
    members: dict[int, list[Recipient]] = defaultdict(list)
    if roles:
        found = Membership.objects.filter(roles, user__is_active=True).select_related("user")
        for membership in found.order_by("user__email"):
            members[membership.organisation_id].append(Recipient.of(membership.user))
    return {
        each.pk: members[each.coordinator_id] + members[each.institution_id]
        for each in partnerships
    }
