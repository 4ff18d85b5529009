"""Writing the decision that stands."""

from __future__ import annotations

from minno_portal import clock
from organisations.people.models import User
from rounds.challenges.models import Challenge
from rounds.selection.models import Decision


def decide(
    challenge: Challenge, outcome: str, actor: User, *, reason: str = "", internal_note: str = ""
) -> Decision:
    """Write the standing decision; one that stood before is kept as replaced."""
    moment = clock.now()
    challenge.decisions.filter(superseded_at=None).update(superseded_at=moment)
    return Decision.objects.create(
        challenge=challenge,
        outcome=outcome,
        reason=reason.strip(),
        internal_note=internal_note.strip(),
        decided_by=actor,
        decided_at=moment,
    )
