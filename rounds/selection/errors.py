"""What the selection refuses, each by its own name and with its own sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from minno_portal.errors import NotAllowed, Refused, WrongState

if TYPE_CHECKING:
    from rounds.selection.models import Decision


class ConflictOfInterest(NotAllowed):
    """The actor belongs to the organisation whose challenge this is."""

    sentence = _("This challenge comes from your own organisation, so others assess and decide it.")


class DeclaredConflict(NotAllowed):
    """The actor has said to have an interest in the challenge."""

    sentence = _("You have declared a conflict of interest here, so somebody else answers.")


class ProposerAnswers(NotAllowed):
    """The person who sent the proposal tries to answer it."""

    sentence = _("You sent this proposal yourself: somebody else has to answer it.")


class BadScore(Refused):
    """A mark outside 1–5, or for a criterion of another round."""

    sentence = _("A mark is a whole number from 1 to 5 for each of the round's criteria.")


class AssessmentIncomplete(Refused):
    """Marked as done while a criterion lacks its mark."""

    sentence = _("Give a mark for every criterion, or save as a draft.")


class StandingAside(WrongState):
    """Somebody assesses a challenge that they stand aside from."""

    sentence = _("You stand aside from this challenge. Take that back first, then assess it.")


class ConflictNeedsNote(Refused):
    """A conflict of interest is declared without saying what it is."""

    sentence = _("Tell in a few words what the conflict is.")


class CannotBeAsked(Refused):
    """Somebody is asked to assess what they may not: a conflict, another round, a decided one."""

    sentence = _(
        "Somebody was chosen who cannot assess the challenge any more. Look at the page again."
    )


class EmptyPacket(Refused):
    """A packet without a single proposal."""

    sentence = _("Choose at least one challenge for the packet.")


class AgreedInReserve(WrongState):
    """A challenge is proposed that takes a place from the reserve when its turn comes."""

    sentence = _(
        "The institution has agreed to this challenge in reserve already: "
        "it takes a place when its turn comes."
    )


class NobodyToAnswer(Refused):
    """The institution has no person who could answer the packet."""

    sentence = _(
        "The institution has nobody yet who can answer. Invite a person of its staff first."
    )


class CapacityFull(Refused):
    """One challenge more than the round has places for."""

    sentence = _("The round's places are full. Choose the reserve instead.")


class NoteMissing(Refused):
    """The institution disagrees or asks for a change without saying why."""

    sentence = _("Write a note when you do not agree: the coordinator needs to know why.")


class TooManyTeams(Refused):
    """A number of teams that no challenge has."""

    sentence = _("A challenge has from 1 to 20 teams.")


class UnknownOutcome(Refused):
    """An answer or an outcome that is not open here."""

    sentence = _("Choose one of the answers on the page.")


class ProposalsWaiting(WrongState):
    """Decisions cannot be told while the institution still has proposals to answer."""

    sentence = _(
        "The institution has not answered every proposal yet. Tell the decisions after that."
    )


class NothingToAnnounce(WrongState):
    """Every decision has been told already, or there is none."""

    sentence = _("There is no untold decision in this round.")


class ReasonsMissing(Refused):
    """Somebody would be told "no" or "wait" without a reason; `decisions` names them."""

    def __init__(self, decisions: Sequence[Decision]) -> None:
        self.decisions = list(decisions)
        names = ", ".join(decision.challenge.reference for decision in self.decisions)
        super().__init__(
            ngettext(
                "One decision lacks its reason to the applicant: %(names)s.",
                "%(count)d decisions lack their reason to the applicant: %(names)s.",
                len(self.decisions),
            )
            % {"count": len(self.decisions), "names": names}
        )
