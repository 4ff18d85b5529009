"""Standing aside from a challenge: abstaining, or declaring a conflict of interest."""

from __future__ import annotations

import pghistory

from minno_portal import clock
from minno_portal.errors import WrongState
from minno_portal.services import require_permission, service
from organisations.people.models import User
from rounds.challenges.models import Challenge
from rounds.challenges.permissions import belongs_to_giver
from rounds.challenges.transitions import lock_challenge
from rounds.selection import errors
from rounds.selection.assessing.models import TAKEN_BACK, Recusal
from rounds.selection.enums import StandsAside
from rounds.selection.standings import ASSESSABLE


@service
def stand_aside(challenge_id: int, *, kind: str, note: str, actor: User) -> Recusal:
    """Take the actor off the assessing of a challenge, by their own word.

    Marks that they have given stay written down and count no more. Saying it again with another
    reason replaces the first one.

    :param kind: a `StandsAside`; whoever declares a conflict does not answer the proposal either.
    :raises ConflictOfInterest: when the challenge comes from the actor's own organisation: then
        they stand aside already.
    :raises NotAllowed: when the actor belongs to neither party.
    :raises WrongState: when the challenge is no longer weighed.
    :raises UnknownOutcome: for a kind that is none.
    :raises ConflictNeedsNote: when a conflict is declared without saying what it is.
    """
    challenge = _locked(challenge_id, actor)
    if kind not in StandsAside.values:
        raise errors.UnknownOutcome
    said = note.replace("\x00", "").strip()
    if kind == StandsAside.CONFLICT and not said:
        raise errors.ConflictNeedsNote
    recusal, _ = Recusal.objects.update_or_create(
        challenge=challenge,
        user=actor,
        defaults={"kind": kind, "note": said, "declared_at": clock.now()},
    )
    return recusal


@service
def take_back(challenge_id: int, *, actor: User) -> None:
    """Let the actor assess again; marks that they have given count again.

    Possible while the challenge is weighed, which ends with the institution's answer.

    :raises NotAllowed: when the actor belongs to neither party, or to the giver.
    :raises WrongState: when the challenge is no longer weighed, or the actor does not stand aside.
    """
    challenge = _locked(challenge_id, actor)
    recusal = Recusal.objects.filter(challenge=challenge, user=actor).first()
    if recusal is None:
        raise WrongState
    pghistory.create_event(recusal, label=TAKEN_BACK)
    recusal.delete()


def _locked(challenge_id: int, actor: User) -> Challenge:
    challenge = lock_challenge(challenge_id)
    if belongs_to_giver.test(actor, challenge):
        raise errors.ConflictOfInterest
    require_permission("rounds.assess_challenge", actor, challenge)
    if challenge.status not in ASSESSABLE:
        raise WrongState
    return challenge
