"""A round with eight people and five challenges, what these people can try, and what must hold.

Whoever tries something may be refused by name; anything else that is raised is an error.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count, pairwise
from typing import Any

from django.apps import apps
from django.db.models import F
from hypothesis import strategies as st

from minno_portal import clock
from minno_portal.errors import Refused
from minno_portal.outbox.models import Letter
from organisations.membership.enums import Role
from organisations.models import Membership, Organisation, Partnership, User
from organisations.register.enums import Kind
from rounds.challenges.enums import DECIDED, TAKES_PLACE, Status, ToldStatus
from rounds.challenges.models import Challenge
from rounds.challenges.services import withdraw_challenge
from rounds.challenges.transitions import TABLE
from rounds.planning.models import Round
from rounds.selection import services
from rounds.selection.assessing.models import Recusal
from rounds.selection.criteria import add_default_criteria
from rounds.selection.enums import Answer, Outcome, StandsAside
from rounds.selection.models import Assessment, Decision, Packet, Proposal
from rounds.selection.services import PacketItem

CHALLENGES = 5
COORDINATOR, OTHER_COORDINATOR, STAFF, OTHER_STAFF, OF_BOTH, GIVER, STRANGER, ROOT = range(8)
_numbers = count(1)
_letters = "ABCDEFGHIJ"


@dataclass(frozen=True)
class Action:
    """Something that one person tries."""

    name: str
    who: int
    about: dict[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Return it as a falsifying example reads best."""
        about = ", ".join(f"{name}={value!r}" for name, value in self.about.items())
        return f"{self.name}({about}) by {self.who}"


# Those whose work it is come three times as often as anybody else.
_anybody = st.integers(0, 7)
_coordinators = st.sampled_from([0, 1, 4] * 3 + [2, 5, 6, 7])
_staff = st.sampled_from([2, 3, 4] * 3 + [0, 5, 6, 7])
_which = st.integers(0, CHALLENGES - 1)
_outcomes = st.sampled_from([*Outcome.values, *Outcome.values, "running"])
_texts = st.sampled_from(["", "Syy", "Toinen syy"])


def _tries(name: str, who: st.SearchStrategy[int], **about: Any) -> st.SearchStrategy[Action]:
    return st.builds(Action, st.just(name), who, st.fixed_dictionaries(about))


def actions() -> st.SearchStrategy[Action]:
    """Return the strategy of everything that people can try."""
    return st.one_of(
        _tries("assess", _anybody, index=_which, mark=st.integers(1, 6), done=st.booleans()),
        _tries("rank", _coordinators, index=_which, position=st.integers(-1, CHALLENGES + 2)),
        _tries(
            "propose",
            _coordinators,
            chosen=st.lists(
                st.tuples(_which, _outcomes), max_size=3, unique_by=lambda pair: pair[0]
            ),
        ),
        _tries(
            "answer",
            _staff,
            index=st.integers(0, 20),
            answer=st.sampled_from(Answer.values),
            note=_texts,
            outcome=st.none() | _outcomes,
        ),
        _tries("set_aside", _coordinators, index=_which, outcome=_outcomes, reason=_texts),
        _tries("write_reason", _coordinators, index=_which),
        _tries("promote", _coordinators, index=_which),
        _tries("withdraw", _anybody, index=_which),
        _tries("stand_aside", _anybody, index=_which, kind=st.sampled_from(StandsAside.values)),
        _tries("let_stand", _anybody, index=_which),
        _tries("take_back", _anybody, index=_which),
        _tries("reopen", _coordinators, index=_which),
        _tries("redecide", _coordinators, index=_which, outcome=_outcomes, reason=_texts),
        _tries("correct", _coordinators, index=_which, text=_texts),
        _tries("take_part", _anybody, index=_which),
        _tries("announce", _coordinators),
        _tries("tell_some", _coordinators, indexes=st.sets(_which)),
        _tries("finish", _coordinators, answer=st.sampled_from(Answer.values)),
    )


class Play:
    """One round and its people, made anew for each sequence of actions."""

    def __init__(self) -> None:
        self.round = _round(next(_numbers))
        self.people = _people(self.round)
        self.criteria = [each.pk for each in add_default_criteria(self.round)]
        self.challenges = [_challenge(self, number) for number in range(CHALLENGES)]

    def take(self, action: Action) -> None:
        """Let the person try; a refusal is as good an answer as any, an error is not."""
        getattr(self, action.name)(action.who, **action.about)

    def _try(self, service: Callable[..., Any], *args: Any, who: int, **about: Any) -> None:
        try:
            service(*args, **about, actor=User.objects.get(pk=self.people[who]))
        except Refused:
            return

    # --- What people try ----------------------------------------------------------------------

    def assess(self, who: int, *, index: int, mark: int, done: bool) -> None:
        self._try(
            services.save_assessment,
            self.challenges[index],
            scores=dict.fromkeys(self.criteria, mark),
            comment="",
            done=done,
            who=who,
        )

    def let_stand(self, who: int, *, index: int) -> None:
        self._try(services.let_stand, self.challenges[index], who=who)

    def rank(self, who: int, *, index: int, position: int) -> None:
        self._try(services.move_in_ranking, self.challenges[index], position=position, who=who)

    def propose(self, who: int, *, chosen: list[tuple[int, str]]) -> None:
        items = [PacketItem(self.challenges[index], suggested) for index, suggested in chosen]
        self._try(services.send_packet, self.round.pk, items=items, message="", who=who)

    def answer(self, who: int, *, index: int, **about: Any) -> None:
        proposals = list(self.proposals.order_by("pk").values_list("pk", flat=True))
        if proposals:
            proposal = proposals[index % len(proposals)]
            self._try(services.answer_proposal, proposal, who=who, **about)

    def set_aside(self, who: int, *, index: int, outcome: str, reason: str) -> None:
        self._try(
            services.set_aside,
            self.challenges[index],
            outcome=outcome,
            reason=reason,
            internal_note="",
            who=who,
        )

    def write_reason(self, who: int, *, index: int) -> None:
        texts = {"reason": "Syy", "internal_note": "Huomio"}
        self._try(services.write_reason, self.challenges[index], **texts, who=who)

    def promote(self, who: int, *, index: int) -> None:
        self._try(services.promote_reserve, self.challenges[index], who=who)

    def withdraw(self, who: int, *, index: int) -> None:
        self._try(withdraw_challenge, self.challenges[index], who=who)

    def stand_aside(self, who: int, *, index: int, kind: str) -> None:
        self._try(services.stand_aside, self.challenges[index], kind=kind, note="", who=who)

    def take_back(self, who: int, *, index: int) -> None:
        self._try(services.take_back, self.challenges[index], who=who)

    def reopen(self, who: int, *, index: int) -> None:
        self._try(services.reopen_decision, self.challenges[index], who=who)

    def redecide(self, who: int, *, index: int, outcome: str, reason: str) -> None:
        self._try(
            services.redecide,
            self.challenges[index],
            outcome=outcome,
            reason=reason,
            internal_note="",
            who=who,
        )

    def correct(self, who: int, *, index: int, text: str) -> None:
        self._try(services.send_correction, self.challenges[index], text=text, who=who)

    def take_part(self, who: int, *, index: int) -> None:
        self._try(services.confirm_participation, self.challenges[index], who=who)

    def tell_some(self, who: int, *, indexes: set[int]) -> None:
        chosen = [self.challenges[index] for index in indexes]
        ids = self.decisions.filter(challenge__in=chosen, superseded_at=None)
        decisions = list(ids.values_list("pk", flat=True))
        self._try(services.announce_decisions, self.round.pk, decisions=decisions, who=who)

    def announce(self, who: int) -> None:
        self._try(services.announce_decisions, self.round.pk, who=who)

    def finish(self, who: int, *, answer: str) -> None:
        """Let the parties do all that is left, so that life after telling is tried too."""
        for proposal in self.proposals.filter(answer="").values_list("pk", flat=True):
            self._try(services.answer_proposal, proposal, answer=answer, note="Syy", who=STAFF)
        for index in range(CHALLENGES):
            self.write_reason(COORDINATOR, index=index)
        self.announce(who)

    # --- What must always hold ----------------------------------------------------------------

    @property
    def proposals(self) -> Any:
        return Proposal.objects.filter(packet__round=self.round)

    @property
    def decisions(self) -> Any:
        return Decision.objects.filter(challenge__in=self.challenges)

    def check(self) -> None:
        """Look at everything that must hold, whatever was tried."""
        self._places_are_never_exceeded()
        self._decider_is_not_proposer()
        self._who_declared_a_conflict_does_not_answer()
        self._nothing_is_told_before_announcing()
        self._no_letter_goes_twice()
        self._a_decision_stands_where_one_was_made()
        self._those_with_an_interest_do_not_assess()
        self._packets_are_the_coordinators()

    def _places_are_never_exceeded(self) -> None:
        taken = Challenge.objects.filter(round=self.round, status__in=TAKES_PLACE).count()
        assert taken <= self.round.capacity

    def _decider_is_not_proposer(self) -> None:
        assert not self.proposals.filter(answered_by=F("proposed_by")).exists()
        school = self.round.partnership.institution_id
        answered = self.proposals.exclude(answer="").select_related("answered_by")
        assert all(school in each.answered_by.ties.staff for each in answered)

    def _who_declared_a_conflict_does_not_answer(self) -> None:
        for recusal in Recusal.objects.filter(
            challenge__in=self.challenges, kind=StandsAside.CONFLICT
        ):
            answers = self.proposals.filter(challenge=recusal.challenge, answered_by=recusal.user)
            assert not answers.filter(answered_at__gt=recusal.declared_at).exists()

    def _nothing_is_told_before_announcing(self) -> None:
        told = set(self.decisions.exclude(announced_at=None).values_list("pk", flat=True))
        assert {decision for decision, _ in self._tellings()} <= told
        for challenge in Challenge.objects.filter(pk__in=self.challenges, status__in=DECIDED):
            if challenge.announced_at is None:
                known = challenge.told_outcome or ToldStatus.CONSIDERED
                assert challenge.told_status == known

    def _no_letter_goes_twice(self) -> None:
        tellings = list(self._tellings())
        assert len(tellings) == len(set(tellings))

    def _tellings(self) -> Iterator[tuple[int, str]]:
        letters = Letter.objects.filter(thread=self.round.slug, key__startswith="decision:")
        for key, recipient in letters.values_list("key", "recipient"):
            yield int(key.split(":")[1]), recipient

    def _a_decision_stands_where_one_was_made(self) -> None:
        for challenge in Challenge.objects.filter(pk__in=self.challenges, status__in=DECIDED):
            standing = challenge.decisions.get(superseded_at=None)
            assert standing.outcome == challenge.status
            assert challenge.decided_by_id == standing.decided_by_id

    def _those_with_an_interest_do_not_assess(self) -> None:
        given = Assessment.objects.filter(challenge__in=self.challenges)
        for assessment in given.select_related("assessor", "challenge"):
            assert assessment.challenge.organisation_id not in assessment.assessor.ties.every

    def _packets_are_the_coordinators(self) -> None:
        katto = self.round.partnership.coordinator_id
        senders = Packet.objects.filter(round=self.round).select_related("sent_by")
        assert all(katto in packet.sent_by.ties.coordinator for packet in senders)

    def check_history(self) -> None:
        """Replay the history: it is complete, each step was open, and no place was ever too many.

        Places are taken under the round's lock, so the events stand in the order of what happened.
        """
        events = apps.get_model("rounds", "ChallengeEvent").objects.filter(
            pgh_obj__in=self.challenges
        )
        steps = {(source, row.target) for row in TABLE for source in row.sources}
        now = dict.fromkeys(self.challenges, "")
        rows = events.order_by("pgh_id").values_list("pgh_obj_id", "status", "told_outcome")
        for pk, status, told in rows:
            before, now[pk] = now[pk], status
            # Taking back an untold decision brings back the one that was told.
            open_steps = (before in ("", status), (before, status) in steps, status == told)
            assert any(open_steps), (before, status)
            assert sum(each in TAKES_PLACE for each in now.values()) <= self.round.capacity
        assert now == dict(
            Challenge.objects.filter(pk__in=self.challenges).values_list("pk", "status")
        )
        self._decisions_follow_one_another()

    def _decisions_follow_one_another(self) -> None:
        for pk in self.challenges:
            made = list(self.decisions.filter(challenge=pk).order_by("pk"))
            assert all(earlier.superseded_at is not None for earlier, _ in pairwise(made))
        known = apps.get_model("rounds", "DecisionEvent").objects
        ids = set(self.decisions.values_list("pk", flat=True))
        assert ids == set(known.filter(pgh_obj__in=ids).values_list("pgh_obj_id", flat=True))


def _round(number: int) -> Round:
    katto = Organisation.objects.create(name=f"Katto {number} ry")
    school = Organisation.objects.create(name=f"Koulu {number} Oy", kind=Kind.INSTITUTION)
    prefix = "".join(_letters[int(digit)] for digit in f"{number:06}")
    now, today = clock.now(), clock.today()
    week = dt.timedelta(weeks=1)
    kickoff = today + 7 * week
    return Round.objects.create(
        partnership=Partnership.objects.create(
            coordinator=katto,
            institution=school,
            prefix=prefix,
            agreed_from=today,
            reply_to="minno@example.org",
            sign_off="Terveisin koordinaattori",
        ),
        year=kickoff.year,
        number=1,
        slug=f"{prefix.lower()}-1-{kickoff.year}",
        form="day",
        capacity=2,
        call_opens_at=now - 4 * week,
        call_closes_at=now - week,
        packet_on=today + 3 * week,
        decisions_on=today + 4 * week,
        kickoff_on=kickoff,
        contract_on=kickoff + 2 * week,
        fest_on=kickoff + 6 * week,
        feedback_on=kickoff + 7 * week,
        evaluation_on=kickoff + 10 * week,
        published_at=now - 4 * week,
    )


def _people(round_: Round) -> list[int]:
    katto, school = round_.partnership.coordinator, round_.partnership.institution
    giver = Organisation.objects.create(name=f"Antaja {round_.slug} ry")
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
        user = User.objects.create_user(f"{round_.slug}-{number}@example.org")
        for organisation, role in ties:
            Membership.objects.create(user=user, organisation=organisation, role=role)
        made.append(user.pk)
    return [*made, User.objects.create_superuser(f"{round_.slug}-root@example.org").pk]


def _challenge(play: Play, number: int) -> int:
    # The second one comes from the coordinator's own organisation.
    katto = play.round.partnership.coordinator
    antaja = Organisation.objects.get(memberships__user=play.people[GIVER])
    challenge = Challenge.objects.create(
        round=play.round,
        organisation=katto if number == 1 else antaja,
        status=Status.SUBMITTED,
        number=number + 1,
        reference=play.round.reference(number + 1),
        submitted_at=clock.now(),
        title=f"Haaste {number}",
        contact_email=f"{play.round.slug}-{GIVER}@example.org",
        is_national=True,
    )
    return int(challenge.pk)
