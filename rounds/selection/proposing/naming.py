"""Who the institution named when it agreed: offered when the challenge's first team is named."""

from __future__ import annotations

from rounds.challenges.models import Challenge
from rounds.selection.enums import Answer
from rounds.selection.models import Proposal


def named_tutor(challenge: Challenge) -> dict[str, str]:
    """Return the tutor's name and address as they were given with the latest agreement."""
    agreed: Proposal | None = (
        challenge.proposals.filter(answer=Answer.AGREE).order_by("packet__number").last()
    )
    if agreed is None:
        return {}
    return {"tutor_name": agreed.tutor_name, "tutor_email": agreed.tutor_email}
