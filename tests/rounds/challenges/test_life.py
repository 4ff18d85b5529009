"""Random people do random things to a challenge; what must hold always holds."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from minno_portal import clock
from minno_portal.errors import NotAllowed, Refused
from organisations.models import User
from rounds.challenges import services
from rounds.challenges.enums import DECIDED, EDITABLE, Status, ToldStatus, Visibility
from rounds.challenges.models import Challenge
from rounds.challenges.transitions import TABLE, lock_with_round, move

CAST = (
    "contact",
    "colleague",
    "other_contact",
    "coordinator",
    "staff",
    "administrator",
    "stranger",
)
WRITERS = ("contact", "colleague")
# Actions of later steps: here the table alone is asked.
BARE = sorted({(row.action, str(row.target)) for row in TABLE if not row.letter})

people = st.sampled_from(CAST)


class Life(RuleBasedStateMachine):
    """One challenge, from a draft on; `cast` is given by the test."""

    cast: dict[str, User]
    pk: int

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.savepoint()
        self.moment = clock.now()
        self.reference = ""
        self.submits = 0

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.point)

    @property
    def challenge(self) -> Challenge:
        return Challenge.objects.select_related("round__partnership").get(pk=self.pk)

    def act(self, who: str, action: str, work: object) -> bool:
        """Do it; when it is refused nothing may have changed."""
        before = self.challenge
        try:
            with clock.playing_at(self.moment), transaction.atomic():
                work()  # type: ignore[operator]
        except Refused as refusal:
            after = self.challenge
            assert (after.status, after.version, after.title) == (
                before.status,
                before.version,
                before.title,
            )
            if isinstance(refusal, NotAllowed):
                assert action not in TABLE.open_actions(before, actor=self.cast[who])
            return False
        return True

    @rule(hours=st.integers(1, 24 * 4))
    def time_passes(self, hours: int) -> None:
        self.moment += dt.timedelta(hours=hours)

    @rule(who=people, title=st.text("aä \x20ö", max_size=10))
    def write(self, who: str, title: str) -> None:
        before = self.challenge.status
        done = self.act(
            who,
            "write",
            lambda: services.save_section(
                self.pk,
                section="challenge",
                values={"title": title},
                version=None,
                actor=self.cast[who],
            ),
        )
        assert done == (who in WRITERS and before in EDITABLE)

    @rule(who=people)
    def submit(self, who: str) -> None:
        before = self.challenge
        if not self.act(
            who,
            "submit",
            lambda: services.submit_challenge(self.pk, accepted_terms=True, actor=self.cast[who]),
        ):
            return
        assert who in WRITERS
        if before.status == Status.SUBMITTED:
            return
        self.submits += 1
        if before.status == Status.DRAFT:
            assert self.moment < before.round.call_closes_at
        else:
            assert before.completion_due_at
            assert self.moment < before.completion_due_at

    @rule(who=people, days=st.integers(-1, 8))
    def ask_completion(self, who: str, days: int) -> None:
        due_on = self.moment.date() + dt.timedelta(days=days)
        done = self.act(
            who,
            "ask_completion",
            lambda: services.ask_completion(
                self.pk, comment="Lisää?", due_on=due_on, actor=self.cast[who]
            ),
        )
        assert not done or who == "coordinator"

    @rule(who=people)
    def end_completion(self, who: str) -> None:
        done = self.act(
            who,
            "end_completion",
            lambda: services.end_completion(self.pk, actor=self.cast[who]),
        )
        assert not done or who == "coordinator"

    @rule(who=people)
    def withdraw(self, who: str) -> None:
        done = self.act(
            who, "withdraw", lambda: services.withdraw_challenge(self.pk, actor=self.cast[who])
        )
        assert not done or who in WRITERS

    @rule(who=people, visibility=st.sampled_from(Visibility.values))
    def comment(self, who: str, visibility: str) -> None:
        done = self.act(
            who,
            "comment",
            lambda: services.add_comment(
                self.pk, body=who, visibility=visibility, actor=self.cast[who]
            ),
        )
        if done:
            assert who in (*WRITERS, "coordinator", "staff")
            assert visibility != Visibility.PARTIES or who in ("coordinator", "staff")

    @rule(who=people, step=st.sampled_from(BARE))
    def later_step(self, who: str, step: tuple[str, str]) -> None:
        action, target = step
        if action in ("withdraw", "end_completion"):
            return  # they have services of their own

        def work() -> None:
            challenge = lock_with_round(self.pk)
            move(challenge, action, actor=self.cast[who], target=target)

        done = self.act(who, action, work)
        assert not done or who in ("coordinator", "staff")

    @invariant()
    def it_is_numbered_once(self) -> None:
        challenge = self.challenge
        assert bool(challenge.reference) == (self.submits > 0)
        if self.reference:
            assert challenge.reference == self.reference
        self.reference = challenge.reference
        assert challenge.revisions.count() == self.submits
        assert challenge.round.last_reference == min(self.submits, 1)

    @invariant()
    def a_decision_has_its_decider(self) -> None:
        challenge = self.challenge
        if challenge.status in DECIDED:
            assert challenge.decided_by
            assert challenge.decided_at
            assert challenge.told_status == ToldStatus.CONSIDERED
        if challenge.status == Status.NEEDS_COMPLETION:
            assert challenge.completion_due_at

    @invariant()
    def the_history_ends_in_the_present(self) -> None:
        challenge = self.challenge
        last = Challenge.pgh_event_model.objects.filter(pgh_obj=challenge).latest("pgh_id")  # type: ignore[attr-defined]
        assert (last.status, last.title) == (challenge.status, challenge.title)

    @invariant()
    def only_who_may_sees_it(self) -> None:
        sees = {
            who
            for who, user in self.cast.items()
            if Challenge.objects.visible_to(user).filter(pk=self.pk).exists()
        }
        parties = {"coordinator", "staff", "administrator"}
        assert sees == {*WRITERS} | (parties if self.submits else set())


@pytest.fixture
def cast(request: pytest.FixtureRequest) -> dict[str, User]:
    return {who: request.getfixturevalue(who) for who in CAST}


def test_the_life_of_a_challenge(draft: Challenge, cast: dict[str, User]) -> None:
    machine = type("LifeOfDraft", (Life,), {"cast": cast, "pk": draft.pk})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=12,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
