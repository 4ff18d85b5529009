"""What has been told of a challenge, and when: the letters about it to its association."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import rules
from django.db.models import Q

from minno_portal.outbox.failing import addresses_that_fail
from minno_portal.outbox.models import FailingAddress, Letter
from organisations.people.models import User
from rounds.challenges.models import Challenge

MOST_SHOWN = 30
SHOWN_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Told:
    """The letters, newest first, and whether the person may open them."""

    letters: Sequence[Letter]
    may_open: bool

    @property
    def newest(self) -> Sequence[Letter]:
        """Those that are in sight at once."""
        return self.letters[:SHOWN_AT_ONCE]

    @property
    def earlier(self) -> Sequence[Letter]:
        """Those that are folded away."""
        return self.letters[SHOWN_AT_ONCE:]


def told_by_letter(challenge: Challenge, user: User) -> Told:
    """Return the letters about a challenge that went, or will go, to others than the parties."""
    partnership = challenge.round.partnership
    parties = (partnership.coordinator_id, partnership.institution_id)
    of_parties = User.objects.filter(memberships__organisation__in=parties)
    letters = (
        Letter.objects.about(challenge)
        .exclude(Q(recipient__in=of_parties.values("email")) | Q(recipient=partnership.reply_to))
        .only("subject", "language", "recipient", "state", "created_at", "sent_at", "settled_at")
    )
    return Told(
        list(letters[:MOST_SHOWN]), rules.has_perm("rounds.see_letters", user, challenge.round)
    )


def failing_contacts(challenge: Challenge) -> dict[str, FailingAddress]:
    """Return which addresses of the challenge's own people do not work (one query)."""
    return addresses_that_fail((challenge.contact_email, challenge.deputy_email))
