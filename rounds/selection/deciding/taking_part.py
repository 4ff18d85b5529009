"""A chosen association says by a date that it takes part; the coordinator hears if it does not."""

from __future__ import annotations

from minno_portal import clock
from minno_portal.services import require_permission, service
from organisations.people.models import User
from rounds.challenges.enums import TAKES_PLACE
from rounds.challenges.transitions import lock_challenge
from rounds.planning.models import Round
from rounds.selection.deciding.dates import confirm_by
from rounds.selection.deciding.errors import NothingToConfirm
from rounds.selection.deciding.models import Participation
from rounds.selection.enums import Outcome
from rounds.selection.models import Decision


def ask_to_confirm(decision: Decision, round_: Round) -> None:
    """Ask a chosen association to confirm; one that lost its place has nothing to confirm.

    Called where the decision is told, in the same transaction.
    """
    if decision.outcome == Outcome.CONFIRMED:
        asked = {"confirm_by": confirm_by(round_), "confirmed_at": None, "confirmed_by": None}
        Participation.objects.update_or_create(challenge=decision.challenge, defaults=asked)
    else:
        Participation.objects.filter(challenge=decision.challenge).delete()


@service
def confirm_participation(challenge_id: int, *, actor: User) -> Participation:
    """Say that the association takes part; also after the date, and a second press is no harm.

    :raises NotAllowed: when the actor does not write for the association.
    :raises NothingToConfirm: when the association has not been told that it was chosen.
    """
    challenge = lock_challenge(challenge_id)
    require_permission("rounds.take_part", actor, challenge)
    asked = Participation.objects.filter(challenge=challenge).first()
    if asked is None or challenge.told_status not in TAKES_PLACE:
        raise NothingToConfirm
    if asked.confirmed_at is None:
        asked.confirmed_at, asked.confirmed_by = clock.now(), actor
        asked.save()
    return asked
