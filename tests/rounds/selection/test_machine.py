"""Random people take random actions; what must always hold is looked at after every step."""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from minno_portal import clock
from minno_portal.errors import Refused
from minno_portal.outbox.models import Letter
from organisations.membership.enums import Role
from organisations.models import Membership, Organisation, User
from rounds.challenges.enums import DECIDED, TAKES_PLACE, Status, ToldStatus
from rounds.challenges.models import Challenge
from rounds.challenges.services import withdraw_challenge
from rounds.planning.models import Round
from rounds.selection import services
from rounds.selection.criteria import add_default_criteria
from rounds.selection.enums import Answer, Outcome
from rounds.selection.models import Assessment, Decision, Packet, Proposal
from rounds.selection.services import PacketItem

CHALLENGES = 5
EXAMPLES = int(os.environ.get("MACHINE_EXAMPLES", "30"))
STEPS = int(os.environ.get("MACHINE_STEPS", "30"))

# Who may act at all: two coordinators, two of the staff, one with both roles, an applicant,
# an administrator and a stranger.
# Those whose work it is come three times as often as anybody else.
people = st.integers(0, 7)
coordinators = st.sampled_from([0, 1, 4] * 3 + [2, 5, 6, 7])
staff = st.sampled_from([2, 3, 4] * 3 + [0, 5, 6, 7])
which = st.integers(0, CHALLENGES - 1)
outcomes = st.sampled_from([*Outcome.values, *Outcome.values, "running"])
texts = st.sampled_from(["", "Syy", "Toinen syy"])


class Selection(RuleBasedStateMachine):
    """One round with a few challenges, in a transaction that is thrown away at the end."""

    round: Round

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.people = _people(self.round)
        self.criteria = add_default_criteria(self.round)
        self.challenges = [_challenge(self.round, number) for number in range(CHALLENGES)]

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def try_to(self, action: Any, *args: Any, who: int, **kwargs: Any) -> None:
        """Take the action; a refusal is as good an answer as any, an error is not."""
        actor = User.objects.get(pk=self.people[who])
        try:
            action(*args, **kwargs, actor=actor)
        except Refused:
            return

    @initialize(suggested=st.lists(st.sampled_from(Outcome.values), min_size=2, max_size=3))
    def first_packet(self, suggested: list[str]) -> None:
        items = [
            PacketItem(pk, outcome) for pk, outcome in zip(self.challenges, suggested, strict=False)
        ]
        self.try_to(services.send_packet, self.round.pk, items=items, message="", who=0)

    @rule(who=people, index=which, mark=st.integers(1, 6), done=st.booleans())
    def assess(self, who: int, index: int, mark: int, done: bool) -> None:
        scores = {criterion.pk: mark for criterion in self.criteria}
        self.try_to(
            services.save_assessment,
            self.challenges[index],
            scores=scores,
            comment="",
            done=done,
            who=who,
        )

    @rule(who=coordinators, index=which, position=st.integers(-1, CHALLENGES + 2))
    def rank(self, who: int, index: int, position: int) -> None:
        self.try_to(services.move_in_ranking, self.challenges[index], position=position, who=who)

    @rule(
        who=coordinators,
        chosen=st.lists(st.tuples(which, outcomes), max_size=3, unique_by=lambda pair: pair[0]),
    )
    def propose(self, who: int, chosen: list[tuple[int, str]]) -> None:
        items = [PacketItem(self.challenges[index], suggested) for index, suggested in chosen]
        self.try_to(services.send_packet, self.round.pk, items=items, message="", who=who)

    @rule(
        who=staff,
        index=st.integers(0, 20),
        answer=st.sampled_from(Answer.values),
        note=texts,
        outcome=st.none() | outcomes,
    )
    def answer(self, who: int, index: int, answer: str, note: str, outcome: str | None) -> None:
        proposals = list(Proposal.objects.order_by("pk"))
        if proposals:
            self.try_to(
                services.answer_proposal,
                proposals[index % len(proposals)].pk,
                answer=answer,
                note=note,
                outcome=outcome,
                who=who,
            )

    @rule(who=coordinators, index=which, outcome=outcomes, reason=texts)
    def set_aside(self, who: int, index: int, outcome: str, reason: str) -> None:
        self.try_to(
            services.set_aside,
            self.challenges[index],
            outcome=outcome,
            reason=reason,
            internal_note="",
            who=who,
        )

    @rule(who=coordinators, index=which)
    def write_reason(self, who: int, index: int) -> None:
        self.try_to(
            services.write_reason,
            self.challenges[index],
            reason="Syy",
            internal_note="Huomio",
            who=who,
        )

    @rule(who=coordinators, index=which)
    def promote(self, who: int, index: int) -> None:
        self.try_to(services.promote_reserve, self.challenges[index], who=who)

    @rule(who=people, index=which)
    def withdraw(self, who: int, index: int) -> None:
        self.try_to(withdraw_challenge, self.challenges[index], who=who)

    @rule(who=coordinators)
    def announce(self, who: int) -> None:
        self.try_to(services.announce_decisions, self.round.pk, who=who)

    @rule(answer=st.sampled_from(Answer.values), who=coordinators)
    def finish(self, answer: str, who: int) -> None:
        """Let the parties do all that is left, so that life after telling is tried too."""
        for proposal in Proposal.objects.waiting():
            self.try_to(services.answer_proposal, proposal.pk, answer=answer, note="Syy", who=2)
        for decision in Decision.objects.filter(announced_at=None, superseded_at=None):
            self.write_reason(0, self.challenges.index(decision.challenge_id))
        self.announce(who)

    # --- What always holds --------------------------------------------------------------------

    @invariant()
    def places_are_never_exceeded(self) -> None:
        taken = Challenge.objects.filter(round=self.round, status__in=TAKES_PLACE).count()
        assert taken <= self.round.capacity

    @invariant()
    def nobody_answers_an_own_proposal(self) -> None:
        assert not Proposal.objects.filter(answered_by=F("proposed_by")).exists()
        answered = Proposal.objects.exclude(answer="").select_related("answered_by")
        school = self.round.partnership.institution_id
        assert all(school in each.answered_by.ties.staff for each in answered)

    @invariant()
    def nothing_is_told_before_announcing(self) -> None:
        told = Decision.objects.exclude(announced_at=None).values_list("pk", flat=True)
        keys = Letter.objects.filter(kind__startswith="decision-").values_list("key", flat=True)
        assert {int(key.split(":")[1]) for key in keys} <= set(told)
        for challenge in Challenge.objects.filter(status__in=DECIDED, announced_at=None):
            assert challenge.told_status == ToldStatus.CONSIDERED

    @invariant()
    def no_letter_goes_twice(self) -> None:
        rows = Letter.objects.filter(kind__startswith="decision-").values_list("key", "recipient")
        tellings = [(key.split(":")[1], recipient) for key, recipient in rows]
        assert len(tellings) == len(set(tellings))

    @invariant()
    def a_decision_stands_where_one_was_made(self) -> None:
        for challenge in Challenge.objects.filter(round=self.round, status__in=DECIDED):
            standing = challenge.decisions.get(superseded_at=None)
            assert standing.outcome == challenge.status
            assert challenge.decided_by == standing.decided_by

    @invariant()
    def those_with_an_interest_do_not_assess(self) -> None:
        for assessment in Assessment.objects.select_related("assessor", "challenge"):
            assert assessment.challenge.organisation_id not in assessment.assessor.ties.every

    @invariant()
    def packets_are_the_coordinators(self) -> None:
        katto = self.round.partnership.coordinator_id
        senders = Packet.objects.select_related("sent_by")
        assert all(katto in packet.sent_by.ties.coordinator for packet in senders)


def _people(round_: Round) -> list[int]:
    katto, school = round_.partnership.coordinator, round_.partnership.institution
    giver = Organisation.objects.create(name="Antaja ry")
    roles: list[list[tuple[Organisation, str]]] = [
        [(katto, Role.COORDINATOR)],
        [(katto, Role.COORDINATOR)],
        [(school, Role.STAFF)],
        [(school, Role.STAFF)],
        [(katto, Role.COORDINATOR), (school, Role.STAFF)],
        [(giver, Role.CONTACT)],
        [],
    ]
    made = []
    for number, ties in enumerate(roles):
        user = User.objects.create_user(f"machine-{number}@example.org")
        for organisation, role in ties:
            Membership.objects.create(user=user, organisation=organisation, role=role)
        made.append(user.pk)
    return [*made, User.objects.create_superuser("machine-root@example.org").pk]


def _challenge(round_: Round, number: int) -> int:
    # The second one comes from the coordinator's own organisation.
    own = round_.partnership.coordinator
    giver = own if number == 1 else Organisation.objects.get(name="Antaja ry")
    challenge = Challenge.objects.create(
        round=round_,
        organisation=giver,
        status=Status.SUBMITTED,
        number=number + 1,
        reference=round_.reference(number + 1),
        submitted_at=clock.now(),
        title=f"Haaste {number}",
        contact_email="machine-5@example.org",
        is_national=True,
    )
    return challenge.pk


@pytest.mark.django_db
def test_the_selection_holds_whatever_people_do(call_round: Round) -> None:
    machine = type("SelectionOfTheRound", (Selection,), {"round": call_round})
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
