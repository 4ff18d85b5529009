"""Saying yes or no to people who say to act for an association."""

from __future__ import annotations

import rules

from minno_portal.errors import NotAllowed, WrongState
from minno_portal.services import service
from organisations.membership.letters import queue_claim_answer
from organisations.membership.models import Membership
from organisations.people.models import User


@service
def approve_claim(membership_id: int, *, actor: User) -> Membership:
    """Let a person act for the association they named, and tell them; a second press does nothing.

    :raises NotAllowed: when the actor may not approve there.
    :raises WrongState: when somebody has refused it in between.
    """
    membership = _locked(membership_id, actor)
    if membership.awaits_approval:
        membership.awaits_approval = False
        membership.save(update_fields=["awaits_approval"])
        queue_claim_answer(membership, is_approved=True)
    return membership


@service
def refuse_claim(membership_id: int, *, actor: User) -> Membership:
    """Say no, and tell the person; what they have written stays with the association.

    :returns: the membership, which is no more.
    :raises NotAllowed: when the actor may not approve there.
    :raises WrongState: when somebody has approved or refused it in between.
    """
    membership = _locked(membership_id, actor)
    if not membership.awaits_approval:
        raise WrongState
    queue_claim_answer(membership, is_approved=False)
    membership.delete()
    return membership


def _locked(membership_id: int, actor: User) -> Membership:
    found = Membership.objects.select_for_update(of=("self",)).select_related(
        "organisation", "user"
    )
    membership = found.filter(pk=membership_id).first()
    if membership is None:
        raise WrongState
    if not rules.has_perm("organisations.approve_claim", actor, membership):
        raise NotAllowed
    return membership
