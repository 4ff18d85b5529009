"""An example of the letter that asks what became of an outcome."""

from __future__ import annotations

from collections.abc import Mapping

from minno_portal.outbox.rendering import Addressee
from rounds.challenges.examples import letter_example
from rounds.challenges.models import Challenge
from rounds.outcomes.letters import FOLLOW_UP, follow_up


@letter_example(FOLLOW_UP)
def asked_later(challenge: Challenge, to: Addressee) -> Mapping[str, object]:
    """Ask about one challenge."""
    return follow_up([challenge]).values(to)
