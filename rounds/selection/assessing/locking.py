"""Locking a challenge for a person who has a say in its assessing."""

from __future__ import annotations

from minno_portal.errors import WrongState
from minno_portal.services import require_permission
from organisations.people.models import User
from rounds.challenges.models import Challenge
from rounds.challenges.permissions import belongs_to_giver
from rounds.challenges.transitions import lock_challenge
from rounds.selection import errors
from rounds.selection.enums import ASSESSABLE


def lock_to_assess(challenge_id: int, actor: User) -> Challenge:
    """Return the locked challenge, which is still weighed and may be assessed by `actor`.

    :raises ConflictOfInterest: when it comes from the actor's own organisation.
    :raises NotAllowed: when the actor belongs to neither party.
    :raises WrongState: when it is no longer weighed.
    """
    challenge = lock_challenge(challenge_id)
    if belongs_to_giver.test(actor, challenge):
        raise errors.ConflictOfInterest
    require_permission("rounds.assess_challenge", actor, challenge)
    if challenge.status not in ASSESSABLE:
        raise WrongState
    return challenge
