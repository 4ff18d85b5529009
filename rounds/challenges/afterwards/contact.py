"""Changing who is asked and told about a challenge that has been submitted."""

from __future__ import annotations

import rules

from minno_portal import clock
from minno_portal.errors import NotAllowed, WrongState
from minno_portal.services import service
from organisations.people.models import User
from rounds.call.questions.enums import SectionKey
from rounds.call.questions.standard import FIELDS_OF
from rounds.challenges.enums import Status
from rounds.challenges.letters import queue_contact_changed, recipients
from rounds.challenges.models import Challenge
from rounds.challenges.transitions import lock_challenge

CONTACT_FIELDS = FIELDS_OF[SectionKey.CONTACT]


def may_change_contact(challenge: Challenge) -> bool:
    """Tell whether the contact person can be changed by itself: a draft has its form for that."""
    return challenge.submitted_at is not None and challenge.told_status != Status.WITHDRAWN


@service
def change_contact(
    challenge_id: int,
    *,
    name: str,
    email: str,
    phone: str,
    deputy_name: str,
    deputy_email: str,
    actor: User,
) -> Challenge:
    """Change who is asked and told; submitted versions stay as they were.

    Whoever is new gets a letter, and so does whoever is told no longer.

    :raises NotAllowed: when the actor may not write for the association.
    :raises WrongState: before submitting and after withdrawing.
    """
    challenge = lock_challenge(challenge_id)
    if not rules.has_perm("rounds.write_challenge", actor, challenge):
        raise NotAllowed
    if not may_change_contact(challenge):
        raise WrongState
    values = dict(zip(CONTACT_FIELDS, (name, email, phone, deputy_name, deputy_email), strict=True))
    if all(getattr(challenge, field) == value for field, value in values.items()):
        return challenge
    before = list(recipients(challenge))
    for field, value in values.items():
        setattr(challenge, field, value)
    challenge.version += 1
    challenge.saved_at = clock.now()
    challenge.save()
    queue_contact_changed(challenge, before, actor)
    return challenge
