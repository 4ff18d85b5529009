"""Locking an organisation that somebody may remove at the same moment."""

from __future__ import annotations

from organisations.register.errors import OrganisationGone
from organisations.register.models import Organisation


def lock_organisation(organisation_id: int) -> Organisation:
    """Return the organisation, locked until the transaction ends.

    :raises OrganisationGone: when it has been merged into another one, or removed.
    """
    rows = Organisation.objects.select_for_update()
    found: Organisation | None = rows.filter(pk=organisation_id).first()
    if found is None:
        raise OrganisationGone
    return found
