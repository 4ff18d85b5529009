"""What happens to an association's rights in rounds when it turns out to be the same as another."""

from __future__ import annotations

from organisations.register.merging.relations import moves
from organisations.register.models import Organisation
from rounds.challenges.helping.models import LatePermission


@moves(LatePermission)
def keep_the_longer_permission(source: Organisation, target: Organisation) -> None:
    """Keep one late permission a round: the one that lasts longer."""
    mine = {each.round_id: each for each in LatePermission.objects.filter(organisation=target)}
    for permission in LatePermission.objects.filter(organisation=source):
        known = mine.get(permission.round_id)
        if known is not None and known.until >= permission.until:
            permission.delete()
            continue
        if known is not None:
            known.delete()
        permission.organisation = target
        permission.save()
