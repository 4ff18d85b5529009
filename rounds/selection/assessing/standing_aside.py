"""Standing aside from a challenge: abstaining, or declaring a conflict of interest."""

from __future__ import annotations

from minno_portal import clock
from minno_portal.errors import WrongState
from minno_portal.services import service
from organisations.people.models import User
from rounds.selection import errors, taking_back
from rounds.selection.assessing.locking import lock_to_assess
from rounds.selection.assessing.models import Recusal
from rounds.selection.enums import StandsAside


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
    challenge = lock_to_assess(challenge_id, actor)
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
    challenge = lock_to_assess(challenge_id, actor)
    recusals = Recusal.objects.filter(challenge=challenge, user=actor)
    if not recusals.exists():
        raise WrongState
    taking_back.take_back(recusals)
