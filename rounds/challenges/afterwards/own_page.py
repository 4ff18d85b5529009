"""What an association sees of its own challenge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minno_portal import clock
from organisations.membership.enums import Role
from organisations.people.models import User
from rounds.challenges.afterwards.contact import CONTACT_FIELDS, may_change_contact
from rounds.challenges.afterwards.happened import happened
from rounds.challenges.content import snapshot
from rounds.challenges.models import Challenge, Revision
from rounds.challenges.timeline import timeline


def own_page(challenge: Challenge, user: User, revisions: Sequence[Revision]) -> dict[str, Any]:
    """Return what the association's page shows beside the text and the comments.

    :param challenge: with `closes_at` annotated.
    :param revisions: the challenge's versions, oldest first.
    """
    steps = timeline(challenge, challenge.round, clock.now(), happened(challenge, revisions))
    return {
        "steps": steps,
        "reason": _told_reason(challenge),
        "writers": _writers(challenge, user),
        "may_change_contact": may_change_contact(challenge),
    }


def own_content(challenge: Challenge, revisions: Sequence[Revision]) -> dict[str, Any]:
    """Return the text as it stands: while nobody can write in it, that is the latest version's.

    Only the contact person may have changed since.
    """
    if challenge.is_editable or not revisions:
        return snapshot(challenge)
    present = {name: getattr(challenge, name) for name in CONTACT_FIELDS}
    latest = revisions[-1].content
    return {**latest, **{name: present[name] for name in present.keys() & latest.keys()}}


def _told_reason(challenge: Challenge) -> str:
    """Return the reason of the decision as the association was told it, empty before that."""
    if not challenge.is_told:
        return ""
    told = challenge.decisions.filter(superseded_at=None, announced_at__isnull=False)
    return told.values_list("reason", flat=True).first() or ""


def _writers(challenge: Challenge, user: User) -> list[User]:
    """Return who else writes for the organisation."""
    members = challenge.organisation.memberships.filter(role=Role.CONTACT, awaits_approval=False)
    others = members.exclude(user=user).select_related("user").order_by("user__name", "user__email")
    return [membership.user for membership in others]
