"""Several answers at once: what each row would do, or why it cannot be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minno_portal.errors import WrongState
from organisations.people.models import User
from rounds.challenges.enums import TAKES_PLACE, Status
from rounds.challenges.models import Challenge
from rounds.challenges.permissions import belongs_to_giver
from rounds.selection import errors
from rounds.selection.assessing.models import Recusal
from rounds.selection.enums import Answer, Outcome, StandsAside
from rounds.selection.models import Proposal
from rounds.selection.proposing.answer_forms import RowForm


@dataclass(frozen=True, slots=True)
class Planned:
    """One row of a list of answers: its form, or why it cannot be answered."""

    proposal: Proposal
    obstacle: str | Promise = ""
    form: RowForm | None = None


def plan_answers(
    proposals: QuerySet[Proposal], user: User, *, preset: str = "", data: Any = None
) -> list[Planned]:
    """Return the rows for `proposals` in the packets' order (three queries at any number).

    :param preset: the answer that each row begins with.
    :param data: what was sent, where it was.
    """
    chosen = list(proposals.order_by("packet__round", "packet__number", "position"))
    declared = _declared(chosen, user)
    plan = []
    for proposal in chosen:
        obstacle = obstacle_to(proposal, user, declared)
        form = None if obstacle else RowForm(data, proposal=proposal, preset=preset)
        plan.append(Planned(proposal, obstacle, form))
    return plan


def answers_hold(plan: Iterable[Planned]) -> bool:
    """Tell whether every row of a sent list is right, and that the places are enough.

    The service looks again under a lock: here each row gets its own error.
    """
    forms = [row.form for row in plan if row.form is not None]
    left = _places_left([form.proposal for form in forms])
    # Every row is looked at, so that all errors show at once.
    for form in forms:
        proposal = form.proposal
        takes = (
            form.is_valid()
            and form.cleaned_data["answer"] == Answer.AGREE
            and proposal.suggested == Outcome.CONFIRMED
        )
        if takes and left[proposal.packet.round_id] <= 0:
            form.add_error("answer", str(errors.CapacityFull.sentence))
        left[proposal.packet.round_id] -= takes
    return all(form.is_valid() for form in forms)


def obstacle_to(proposal: Proposal, user: User, declared: Collection[int]) -> str | Promise:
    """Return why `user`, who is of the institution's staff, cannot answer; empty when they can.

    :param declared: challenges in which the user has declared a conflict of interest.
    """
    if proposal.answer:
        return _("Somebody has answered this already.")
    if proposal.challenge.status != Status.PROPOSED:
        return WrongState.sentence
    if belongs_to_giver.test(user, proposal.challenge):
        return errors.ConflictOfInterest.sentence
    if proposal.challenge_id in declared:
        return errors.DeclaredConflict.sentence
    if proposal.proposed_by_id == user.pk:
        return errors.ProposerAnswers.sentence
    return ""


def why_not(proposal: Proposal, user: User) -> str | Promise:
    """Return why `user` cannot answer a proposal; empty when they can."""
    if proposal.packet.round.partnership.institution_id not in user.ties.staff:
        return _("Only the institution's staff can answer.")
    return obstacle_to(proposal, user, _declared([proposal], user))


def _declared(proposals: Iterable[Proposal], user: User) -> set[int]:
    conflicts = Recusal.objects.filter(user=user, kind=StandsAside.CONFLICT)
    asked = [proposal.challenge_id for proposal in proposals]
    return set(conflicts.filter(challenge__in=asked).values_list("challenge", flat=True))


def _places_left(proposals: Iterable[Proposal]) -> Counter[int]:
    rounds = {proposal.packet.round_id: proposal.packet.round for proposal in proposals}
    left = Counter({pk: round_.capacity for pk, round_ in rounds.items()})
    taken = Challenge.objects.filter(round__in=rounds, status__in=TAKES_PLACE)
    left.subtract(taken.order_by().values_list("round_id", flat=True))
    return left
