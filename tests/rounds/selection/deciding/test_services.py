"""Who may decide what, in which state, and what the association knows meanwhile."""

from __future__ import annotations

import pytest

from minno_portal.errors import NotAllowed, Refused, WrongState
from minno_portal.outbox.models import Letter
from organisations.models import User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.challenges.services import withdraw_challenge
from rounds.planning.models import Round
from rounds.selection import errors, services
from rounds.selection.deciding.errors import (
    NotAgreed,
    NotNextInReserve,
    PhraseUnedited,
    ReasonNeeded,
)
from rounds.selection.deciding.phrases import PHRASES, is_unedited, phrase, phrases_for
from rounds.selection.deciding.reserve import next_in_reserve, reserve_of
from rounds.selection.enums import Outcome
from rounds.selection.models import Decision, Ranking
from rounds.selection.proposing.candidates import proposable
from rounds.selection.proposing.dossier import entry_of
from tests.rounds.selection.conftest import MakeChallenge, SendPacket
from tests.rounds.selection.deciding.conftest import Decided, SetAside
from tests.scene import STATES, challenge_in

OTHERS = ("staff", "contact", "administrator", "stranger")
ANEW = {"outcome": "not_selected", "reason": "Uusi syy", "internal_note": ""}


def test_setting_aside_decides_and_tells_nobody(
    submitted: MakeChallenge, aside: SetAside, coordinator: User
) -> None:
    challenge = submitted()
    with pytest.raises(errors.UnknownOutcome):
        aside(challenge, outcome="confirmed")
    decision = aside(challenge)
    challenge.refresh_from_db()
    assert (challenge.status, challenge.decided_by) == (Status.NOT_SELECTED, coordinator)
    assert (decision.reason, decision.internal_note) == ("Syy", "Huomio")
    assert challenge.told_status == "considered"
    assert not Letter.objects.exists()
    with pytest.raises(WrongState):
        aside(challenge)


def test_a_reason_is_a_draft_until_told(
    submitted: MakeChallenge, aside: SetAside, call_round: Round, coordinator: User
) -> None:
    challenge = submitted()
    written = {"reason": " Uusi syy ", "internal_note": " Uusi huomio "}
    with pytest.raises(WrongState):
        services.write_reason(challenge.pk, **written, actor=coordinator)
    aside(challenge, reason="")
    decision = services.write_reason(challenge.pk, **written, actor=coordinator)
    assert (decision.reason, decision.internal_note) == ("Uusi syy", "Uusi huomio")
    services.announce_decisions(call_round.pk, actor=coordinator)
    with pytest.raises(WrongState):
        services.write_reason(challenge.pk, **written, actor=coordinator)


# --- Every status × every person --------------------------------------------------------------


@pytest.mark.parametrize("state", STATES)
def test_who_may_change_a_decision_in_which_status(
    draft: Challenge, state: str, request: pytest.FixtureRequest, staff: User, coordinator: User
) -> None:
    challenge = challenge_in(state, draft, staff, 1)
    outcomes = {Status.CONFIRMED, Status.RESERVE, Status.NOT_SELECTED}
    untold = state == "confirmed, not told"
    open_to_coordinator = {
        services.reopen_decision: untold,
        services.redecide: challenge.status in outcomes - {Status.NOT_SELECTED} and not untold,
        services.promote_reserve: False,  # nobody has agreed to it
        services.send_correction: challenge.is_told,
    }
    extra = {services.redecide: ANEW, services.send_correction: {"text": "Oikaisu"}}
    for act, is_open in open_to_coordinator.items():
        for name in OTHERS:
            with pytest.raises(NotAllowed):
                act(challenge.pk, **extra.get(act, {}), actor=request.getfixturevalue(name))
        if not is_open:
            with pytest.raises(Refused) as refusal:
                act(challenge.pk, **extra.get(act, {}), actor=coordinator)
            # A draft has not reached the coordinator, but the permission knows the round alone.
            assert not isinstance(refusal.value, NotAllowed), act
    challenge.refresh_from_db()
    assert challenge.status == (Status.CONFIRMED if untold else state)
    for act, is_open in open_to_coordinator.items():
        if is_open:
            act(challenge.pk, **extra.get(act, {}), actor=coordinator)
            break


# --- Taking back ------------------------------------------------------------------------------


def test_an_untold_decision_is_taken_back(
    agreed: Decided, call_round: Round, coordinator: User, aside: SetAside
) -> None:
    challenge = agreed()
    services.reopen_decision(challenge.pk, actor=coordinator)
    challenge.refresh_from_db()
    assert (challenge.status, challenge.decided_by, challenge.decided_at) == (
        Status.SUBMITTED,
        None,
        None,
    )
    assert not challenge.decisions.filter(superseded_at=None).exists()
    assert Challenge.objects.filter(status=Status.CONFIRMED).count() == 0
    aside(challenge)
    assert challenge.decisions.count() == 2


def test_taking_back_the_new_one_lets_the_told_one_stand_again(
    told: Decided, agreed: Decided, call_round: Round, coordinator: User
) -> None:
    challenge = told()
    services.redecide(challenge.pk, **ANEW, actor=coordinator)
    services.reopen_decision(challenge.pk, actor=coordinator)
    challenge.refresh_from_db()
    assert (challenge.status, challenge.is_told) == (Status.CONFIRMED, True)
    assert challenge.decisions.get(superseded_at=None).announced_at == challenge.announced_at
    services.redecide(challenge.pk, **ANEW, actor=coordinator)
    agreed()
    agreed()  # now both places have gone to others
    with pytest.raises(errors.CapacityFull):
        services.reopen_decision(challenge.pk, actor=coordinator)


# --- Deciding anew ----------------------------------------------------------------------------


def test_until_the_new_decision_is_told_the_old_one_holds(
    told: Decided, call_round: Round, coordinator: User, contact: User
) -> None:
    challenge = told()
    services.redecide(challenge.pk, **ANEW, actor=coordinator)
    challenge.refresh_from_db()
    assert (challenge.status, challenge.told_status) == (Status.NOT_SELECTED, Status.CONFIRMED)
    assert list(Challenge.objects.public()) == [challenge]
    with pytest.raises(WrongState):  # only what was told is decided anew
        services.redecide(challenge.pk, **ANEW | {"outcome": "reserve"}, actor=coordinator)
    services.announce_decisions(call_round.pk, actor=coordinator)
    challenge.refresh_from_db()
    assert challenge.told_status == Status.NOT_SELECTED
    assert not Challenge.objects.public().exists()
    kinds = Letter.objects.filter(kind__startswith="decision-").order_by("pk")
    assert [each.kind for each in kinds] == ["decision-confirmed", "decision-not-selected"]
    with pytest.raises(WrongState):
        withdraw_challenge(challenge.pk, actor=contact)


def test_deciding_anew_needs_a_reason(told: Decided, coordinator: User) -> None:
    challenge = told()
    for reason, refusal in (
        (" ", ReasonNeeded),
        (phrases_for("not_selected", "fi")[0], PhraseUnedited),
    ):
        with pytest.raises(refusal):
            services.redecide(challenge.pk, **ANEW | {"reason": reason}, actor=coordinator)
    with pytest.raises(errors.UnknownOutcome):
        services.redecide(challenge.pk, **ANEW | {"outcome": "confirmed"}, actor=coordinator)


def test_a_told_refusal_does_not_become_withdrawable(
    told: Decided, coordinator: User, contact: User
) -> None:
    """What the association can do must not tell that something has been decided anew."""
    challenge = told("not_selected")
    services.redecide(challenge.pk, **ANEW | {"outcome": "reserve"}, actor=coordinator)
    with pytest.raises(WrongState):
        withdraw_challenge(challenge.pk, actor=contact)


# --- The reserve ------------------------------------------------------------------------------


def test_the_reserve_moves_up_in_the_order_of_the_packet(
    submitted: MakeChallenge,
    packet_of: SendPacket,
    aside: SetAside,
    staff: User,
    call_round: Round,
    coordinator: User,
) -> None:
    first, second, bare = submitted(), submitted(), submitted()
    for place, challenge in enumerate((bare, second, first), 1):
        Ranking.objects.create(round=call_round, challenge=challenge, position=place)
    for proposal in packet_of(first, second, suggested="reserve").proposals.all():
        services.answer_proposal(proposal.pk, answer="agree", note="", actor=staff)
    aside(bare, outcome="reserve")
    order = [(each.challenge, each.is_agreed) for each in reserve_of(call_round)]
    assert order == [(first, True), (second, True), (bare, False)]
    with pytest.raises(NotAgreed):
        services.promote_reserve(bare.pk, actor=coordinator)
    with pytest.raises(NotNextInReserve):
        services.promote_reserve(second.pk, actor=coordinator)
    services.promote_reserve(first.pk, actor=coordinator)
    assert next_in_reserve(call_round) == second
    services.promote_reserve(second.pk, actor=coordinator)
    assert next_in_reserve(call_round) is None


def test_a_later_packet_stands_behind_the_earlier_one(
    submitted: MakeChallenge,
    packet_of: SendPacket,
    agreed: Decided,
    staff: User,
    call_round: Round,
) -> None:
    """A second packet carries only what changed: its first place is not the reserve's."""
    chosen, waiting = agreed(), submitted()
    back, kept = submitted(), submitted()
    for proposal in packet_of(waiting, back, kept, suggested="reserve").proposals.all():
        given = "change" if proposal.challenge_id == back.pk else "agree"
        services.answer_proposal(proposal.pk, answer=given, note="Syy", actor=staff)
    proposal = packet_of(back, suggested="reserve").proposals.get()
    assert entry_of(proposal, staff).reserve_place == 3
    services.answer_proposal(proposal.pk, answer="agree", note="", actor=staff)
    assert [each.challenge for each in reserve_of(call_round)] == [waiting, kept, back]
    assert chosen not in [each.challenge for each in reserve_of(call_round)]


def test_what_was_agreed_to_in_reserve_is_not_proposed_again(
    told: Decided, packet_of: SendPacket, submitted: MakeChallenge, call_round: Round
) -> None:
    """Its turn comes by promoting, in order: a packet is no way around those before it."""
    told("reserve")
    second = told("reserve")
    with pytest.raises(errors.AgreedInReserve):
        packet_of(second)
    with pytest.raises(errors.AgreedInReserve):
        packet_of(submitted(), second, suggested="reserve")
    assert second not in proposable(call_round)
    assert call_round.packets.count() == 2


@pytest.mark.parametrize("suggested", ["not_selected", "confirmed"])
def test_the_latest_answer_is_what_holds(
    suggested: str,
    submitted: MakeChallenge,
    packet_of: SendPacket,
    call_round: Round,
    coordinator: User,
    staff: User,
) -> None:
    """Consent to a place ends where the institution has said otherwise since."""
    challenge = submitted()
    for proposed, answer in (("reserve", "agree"), (suggested, "disagree")):
        proposal = packet_of(challenge, suggested=proposed).proposals.get()
        services.answer_proposal(proposal.pk, answer=answer, note="Syy", actor=staff)
        if answer == "agree":
            services.reopen_decision(challenge.pk, actor=coordinator)
    services.write_reason(challenge.pk, reason="Oma syy", internal_note="", actor=coordinator)
    services.announce_decisions(call_round.pk, actor=coordinator)
    services.redecide(challenge.pk, **ANEW | {"outcome": "reserve"}, actor=coordinator)
    with pytest.raises(NotAgreed):
        services.promote_reserve(challenge.pk, actor=coordinator)
    assert challenge in proposable(call_round)
    packet_of(challenge)


def test_who_lost_a_place_is_last_in_reserve(
    told: Decided, agreed: Decided, call_round: Round, coordinator: User
) -> None:
    chosen, waiting = told(), agreed("reserve")
    anew = ANEW | {"outcome": "reserve"}
    services.redecide(chosen.pk, **anew, actor=coordinator)
    assert [each.challenge for each in reserve_of(call_round)] == [waiting, chosen]


def test_promoting_is_told_anew_and_keeps_the_capacity(
    told: Decided, agreed: Decided, call_round: Round, coordinator: User
) -> None:
    reserve = told("reserve")
    full = [agreed(), agreed()]
    with pytest.raises(errors.CapacityFull):
        services.promote_reserve(reserve.pk, actor=coordinator)
    services.reopen_decision(full[0].pk, actor=coordinator)
    decision = services.promote_reserve(reserve.pk, actor=coordinator)
    reserve.refresh_from_db()
    assert (reserve.status, reserve.told_status) == (Status.CONFIRMED, Status.RESERVE)
    assert decision.announced_at is None
    with pytest.raises(WrongState):
        services.promote_reserve(reserve.pk, actor=coordinator)
    services.announce_decisions(call_round.pk, decisions=[decision.pk], actor=coordinator)
    reserve.refresh_from_db()
    assert reserve.told_status == Status.CONFIRMED


# --- Phrases ----------------------------------------------------------------------------------


def test_every_outcome_has_phrases_in_three_languages() -> None:
    for outcome in Outcome.values:
        assert set(PHRASES[outcome]) == {"fi", "sv", "en"}
        counts = {len(phrases) for phrases in PHRASES[outcome].values()}
        assert len(counts) == 1
        assert counts <= {3, 4}


@pytest.mark.parametrize("number", ["0", "5", "x", "-1", "1\x00", "9" * 50, "", "²"])
def test_no_such_phrase(number: str) -> None:
    assert not phrase("not_selected", "fi", number)


def test_a_refusal_says_something_of_its_own(
    submitted: MakeChallenge, aside: SetAside, coordinator: User
) -> None:
    challenge = submitted()
    for text in PHRASES["not_selected"]["sv"]:
        with pytest.raises(PhraseUnedited):
            aside(challenge, reason=f"  {text.upper()}\n")
    both = "\n".join(PHRASES["not_selected"]["fi"][:2])
    assert is_unedited(both, "not_selected")
    assert not is_unedited("", "not_selected")
    aside(challenge, reason=f"{both} Rajatkaa kohderyhmä.")
    with pytest.raises(PhraseUnedited):
        services.write_reason(challenge.pk, reason=both, internal_note="", actor=coordinator)
    assert Decision.objects.get().reason.endswith("kohderyhmä.")
