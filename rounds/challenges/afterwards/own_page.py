"""What an association sees of its own challenge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minno_portal import clock
from organisations.membership.enums import Role
from organisations.people.models import User
from rounds.challenges.afterwards.contact import CONTACT_FIELDS, may_change_contact
from rounds.challenges.afterwards.happened import happened, withdrawn_at
from rounds.challenges.afterwards.told import told_decision
from rounds.challenges.content import snapshot
from rounds.challenges.enums import Status
from rounds.challenges.helping.late import closes_at
from rounds.challenges.models import Challenge, Revision
from rounds.challenges.timeline import timeline


def own_page(challenge: Challenge, user: User, revisions: Sequence[Revision]) -> dict[str, Any]:
    """Return what the association's page shows beside the text and the comments.

    :param revisions: the challenge's versions, oldest first.
    """
    if challenge.status == Status.DRAFT:
        closes = closes_at(challenge.round, challenge.organisation_id)
        challenge.closes_at = closes  # type: ignore[attr-defined]  # as `DEADLINE` would
    writers = _writers(challenge)
    accepted_by = challenge.terms_accepted_by_id
    if known := next((writer for writer in writers if writer.pk == accepted_by), None):
        challenge.terms_accepted_by = known
    before = happened(challenge, revisions)
    told = told_decision(challenge, user)
    told_at = told.at if told else challenge.announced_at
    if challenge.told_status == Status.WITHDRAWN:
        told_at = withdrawn_at(challenge)
    return {
        "steps": timeline(challenge, challenge.round, clock.now(), before, told_at),
        "told": told.panel if told else None,
        "writers": [writer for writer in writers if writer.pk != user.pk],
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


def _writers(challenge: Challenge) -> list[User]:
    """Return who writes for the organisation."""
    writers = User.objects.filter(
        memberships__organisation=challenge.organisation_id,
        memberships__role=Role.CONTACT,
        memberships__awaits_approval=False,
    )
    return list(writers.order_by("name", "email"))
