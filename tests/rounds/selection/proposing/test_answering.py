"""Asking for a change, naming the tutor, conflicts, reserve challenges, and the letters of it."""

from typing import Any

import pytest
from django.urls import reverse

from minno_portal.errors import WrongState
from minno_portal.outbox.models import Letter
from organisations.models import User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.projects.forms import TeamForm
from rounds.selection import errors, services
from rounds.selection.assessing.models import Recusal
from rounds.selection.models import Decision, Packet, Proposal
from rounds.selection.proposing.answering import Given
from tests.rounds.selection.conftest import MakeChallenge, SendPacket


def answer(proposal: Proposal, actor: User, **given: Any) -> Proposal:
    values = {"answer": "agree", "note": ""} | given
    return services.answer_proposal(proposal.pk, **values, actor=actor)


def fresh(challenge: Challenge) -> Challenge:
    return Challenge.objects.get(pk=challenge.pk)


def letters_of_answers() -> list[Letter]:
    return list(
        Letter.objects.filter(kind__in=("packet-answered", "proposals-returned")).order_by("pk")
    )


def in_order(packet: Packet) -> list[Proposal]:
    return list(packet.proposals.order_by("position"))


def test_asking_for_a_change_returns_the_challenge(
    submitted: MakeChallenge, packet_of: SendPacket, staff: User, coordinator: User, contact: User
) -> None:
    first, second = submitted(), submitted()
    proposals = in_order(packet_of(first, second))
    with pytest.raises(errors.NoteMissing):
        answer(proposals[0], staff, answer="change", note="  ")
    with pytest.raises(errors.UnknownOutcome):
        answer(proposals[0], staff, answer="change", note="Syy", outcome="reserve")

    answer(proposals[0], staff, answer="change", note="Rajatkaa aihe")

    assert fresh(first).status == Status.SUBMITTED
    assert not Decision.objects.exists()
    (letter,) = letters_of_answers()
    assert (letter.recipient, "Rajatkaa aihe" in letter.text) == (coordinator.email, True)
    assert second.title not in letter.text
    assert not Letter.objects.filter(recipient=contact.email).exists()
    with pytest.raises(WrongState):
        answer(proposals[0], staff)


def test_one_letter_tells_of_a_whole_packet(
    submitted: MakeChallenge, packet_of: SendPacket, staff: User, second_staff: User
) -> None:
    proposals = in_order(packet_of(submitted(), submitted()))
    answer(proposals[0], staff)
    assert not letters_of_answers()
    answer(proposals[1], second_staff, answer="disagree", note="Ei ehdi")
    (letter,) = letters_of_answers()
    for proposal in proposals:
        assert proposal.challenge.reference in letter.text
    assert "Ei ehdi" in letter.text


def test_several_answers_make_one_letter_and_stand_alone(
    submitted: MakeChallenge, packet_of: SendPacket, staff: User, coordinator: User
) -> None:
    proposals = in_order(packet_of(submitted(), submitted(), submitted(), suggested="reserve"))
    refused = services.answer_proposals(
        [
            Given(proposals[0].pk, "change", "Rajatkaa"),
            Given(proposals[1].pk, "disagree", ""),
            Given(proposals[2].pk, "change", "Kuka tukee?"),
        ],
        actor=staff,
    )
    assert {pk: type(each) for pk, each in refused.items()} == {proposals[1].pk: errors.NoteMissing}
    statuses = [fresh(proposal.challenge).status for proposal in proposals]
    assert statuses == ["submitted", "proposed", "submitted"]
    (letter,) = letters_of_answers()
    assert "Rajatkaa" in letter.text
    assert "Kuka tukee?" in letter.text


def test_the_tutor_is_kept_and_offered_to_the_first_team(
    client: Any, submitted: MakeChallenge, packet_of: SendPacket, staff: User
) -> None:
    challenge = submitted()
    proposal = packet_of(challenge).proposals.get()
    for teams in (0, 21, 10**6):
        with pytest.raises(errors.TooManyTeams):
            answer(proposal, staff, teams=teams)
    answer(proposal, staff, tutor_name=" Ohjaaja ", tutor_email="Ope@Example.org", teams=2)
    proposal.refresh_from_db()
    assert (proposal.tutor_name, proposal.tutor_email, proposal.teams) == (
        "Ohjaaja",
        "ope@example.org",
        2,
    )
    client.force_login(staff)
    form: TeamForm = client.get(reverse("team-new", args=(challenge.pk,))).context["form"]
    assert form["tutor_name"].value() == "Ohjaaja"
    assert form["tutor_email"].value() == "ope@example.org"


def test_who_declared_a_conflict_does_not_answer(
    submitted: MakeChallenge, packet_of: SendPacket, staff: User, second_staff: User
) -> None:
    challenge = submitted()
    proposal = packet_of(challenge).proposals.get()
    recusal = Recusal.objects.create(challenge=challenge, user=staff, kind="conflict")
    assert not Proposal.objects.answerable_by(staff).exists()
    assert Proposal.objects.answerable_by(second_staff).exists()
    with pytest.raises(errors.DeclaredConflict):
        answer(proposal, staff)
    recusal.kind = "abstains"
    recusal.save()
    answer(proposal, staff)
    assert fresh(challenge).status == Status.CONFIRMED


@pytest.fixture
def told_reserve(submitted: MakeChallenge, coordinator: User) -> Challenge:
    challenge = submitted()
    services.set_aside(
        challenge.pk, outcome="reserve", reason="Syy", internal_note="", actor=coordinator
    )
    services.announce_decisions(challenge.round_id, actor=coordinator)
    return fresh(challenge)


def test_a_told_reserve_can_be_proposed_and_its_association_sees_nothing(
    told_reserve: Challenge, packet_of: SendPacket, staff: User
) -> None:
    proposal = packet_of(told_reserve).proposals.get()
    assert fresh(told_reserve).told_status == "reserve"
    answer(proposal, staff)
    confirmed = fresh(told_reserve)
    assert (confirmed.status, confirmed.told_status) == (Status.CONFIRMED, "reserve")
    assert confirmed.decisions.get(superseded_at=None).announced_at is None


@pytest.mark.parametrize(
    "given", [{"answer": "change"}, {"answer": "disagree", "outcome": "reserve"}]
)
def test_a_told_reserve_that_stays_one_has_nothing_new_to_tell(
    told_reserve: Challenge, packet_of: SendPacket, staff: User, given: dict[str, str]
) -> None:
    before = told_reserve.decisions.get()
    answer(packet_of(told_reserve).proposals.get(), staff, note="Ei vielä", **given)
    after = fresh(told_reserve)
    assert (after.status, after.told_status, after.is_told) == (Status.RESERVE, "reserve", True)
    assert after.decisions.get() == before
    assert (after.decided_by, after.decided_at) == (before.decided_by, before.decided_at)


def test_an_untold_reserve_comes_back_as_submitted(
    submitted: MakeChallenge, packet_of: SendPacket, coordinator: User, staff: User
) -> None:
    challenge = submitted()
    services.set_aside(
        challenge.pk, outcome="reserve", reason="Syy", internal_note="", actor=coordinator
    )
    proposal = packet_of(fresh(challenge), suggested="reserve").proposals.get()
    answer(proposal, staff, answer="change", note="Rajatkaa")
    assert fresh(challenge).status == Status.SUBMITTED
    assert not challenge.decisions.filter(superseded_at=None).exists()


def test_a_promoted_reserve_takes_a_place_like_any_other(
    told_reserve: Challenge, submitted: MakeChallenge, packet_of: SendPacket
) -> None:
    packet_of(submitted(), submitted())
    with pytest.raises(errors.CapacityFull):
        packet_of(told_reserve)
