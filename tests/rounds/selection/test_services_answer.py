import pytest

from minno_portal.errors import NotAllowed, WrongState
from minno_portal.outbox.models import Letter
from organisations.models import Membership, Organisation, User
from rounds.challenges.enums import Status
from rounds.planning.models import Round
from rounds.selection import errors, services
from rounds.selection.models import Decision, Packet, Proposal
from rounds.selection.services import PacketItem
from tests.rounds.selection.conftest import MakeChallenge, SendPacket


def answer(proposal: Proposal, actor: User, **given: str) -> Proposal:
    return services.answer_proposal(
        proposal.pk, **({"answer": "agree", "note": ""} | given), actor=actor
    )


def test_agreeing_decides_as_suggested_and_tells_nobody(
    submitted: MakeChallenge, packet_of: SendPacket, staff: User, coordinator: User
) -> None:
    challenge = submitted()
    proposal = packet_of(challenge).proposals.get()
    letters = Letter.objects.count()

    answer(proposal, staff, note="Sopii hyvin")

    challenge.refresh_from_db()
    proposal.refresh_from_db()
    decision = challenge.decisions.get()
    assert challenge.status == Status.CONFIRMED
    assert challenge.decided_by == staff
    assert challenge.told_status == "considered"
    assert (proposal.answer, proposal.answered_by, proposal.answer_note) == (
        "agree",
        staff,
        "Sopii hyvin",
    )
    assert (decision.outcome, decision.decided_by, decision.announced_at) == (
        "confirmed",
        staff,
        None,
    )
    # Nobody but the coordinator hears of it.
    told = Letter.objects.order_by("pk")[letters:]
    assert [letter.recipient for letter in told] == [coordinator.email]


@pytest.mark.parametrize(("outcome", "status"), [(None, "not_selected"), ("reserve", "reserve")])
def test_disagreeing_decides_otherwise(
    submitted: MakeChallenge, packet_of: SendPacket, staff: User, outcome: str, status: str
) -> None:
    challenge = submitted()
    proposal = packet_of(challenge).proposals.get()

    services.answer_proposal(
        proposal.pk, answer="disagree", note="Ei ehdi", outcome=outcome, actor=staff
    )

    challenge.refresh_from_db()
    assert challenge.status == status
    assert challenge.decisions.get().outcome == status


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"answer": "disagree"}, errors.NoteMissing),
        ({"answer": "disagree", "note": "  "}, errors.NoteMissing),
        ({"answer": "disagree", "note": "Ei", "outcome": "confirmed"}, errors.UnknownOutcome),
        ({"answer": "agree", "outcome": "reserve"}, errors.UnknownOutcome),
        ({"answer": "perhaps"}, errors.UnknownOutcome),
        ({"answer": ""}, errors.UnknownOutcome),
    ],
)
def test_an_answer_that_makes_no_sense_changes_nothing(
    submitted: MakeChallenge,
    packet_of: SendPacket,
    staff: User,
    given: dict[str, str],
    refusal: type[Exception],
) -> None:
    challenge = submitted()
    proposal = packet_of(challenge).proposals.get()
    with pytest.raises(refusal):
        answer(proposal, staff, **given)
    challenge.refresh_from_db()
    assert challenge.status == Status.PROPOSED
    assert not Decision.objects.exists()


def test_nobody_else_answers(
    submitted: MakeChallenge,
    packet_of: SendPacket,
    coordinator: User,
    second_coordinator: User,
    administrator: User,
    contact: User,
    stranger: User,
) -> None:
    proposal = packet_of(submitted()).proposals.get()
    for person in (second_coordinator, administrator, stranger):
        with pytest.raises(NotAllowed):
            answer(proposal, person)
    with pytest.raises(errors.ProposerAnswers):
        answer(proposal, coordinator)
    with pytest.raises(errors.ConflictOfInterest):
        answer(proposal, contact)


def test_who_proposed_does_not_answer_even_with_both_roles(
    submitted: MakeChallenge, packet_of: SendPacket, coordinator: User, school: Organisation
) -> None:
    Membership.objects.create(user=coordinator, organisation=school, role="staff")
    proposal = packet_of(submitted()).proposals.get()
    with pytest.raises(errors.ProposerAnswers):
        answer(proposal, User.objects.get(pk=coordinator.pk))


def test_the_own_schools_challenge_is_off_limits(
    submitted: MakeChallenge, packet_of: SendPacket, staff: User, school: Organisation
) -> None:
    proposal = packet_of(submitted(organisation=school)).proposals.get()
    with pytest.raises(errors.ConflictOfInterest):
        answer(proposal, staff)


def test_an_answer_is_given_once(
    submitted: MakeChallenge, packet_of: SendPacket, staff: User, second_staff: User
) -> None:
    proposal = packet_of(submitted()).proposals.get()
    answer(proposal, staff)
    with pytest.raises(WrongState):
        answer(proposal, second_staff, answer="disagree", note="Ei")


def test_a_withdrawn_challenge_is_not_answered(
    submitted: MakeChallenge, packet_of: SendPacket, staff: User
) -> None:
    challenge = submitted()
    proposal = packet_of(challenge).proposals.get()
    challenge.refresh_from_db()
    challenge.status = Status.WITHDRAWN
    challenge.save()
    with pytest.raises(WrongState):
        answer(proposal, staff)


def test_the_last_place_is_given_once(
    submitted: MakeChallenge, packet_of: SendPacket, staff: User, call_round: Round
) -> None:
    first, second, third = submitted(), submitted(), submitted()
    packet = packet_of(first, second)
    # What an older packet may have left behind: a suggestion for which no place remains.
    other = packet_of(third, suggested="reserve").proposals.get()
    Proposal.objects.filter(pk=other.pk).update(suggested="confirmed")
    for proposal in packet.proposals.all():
        answer(proposal, staff)

    with pytest.raises(errors.CapacityFull):
        answer(other, staff)

    third.refresh_from_db()
    assert third.status == Status.PROPOSED
    answer(other, staff, answer="disagree", note="Paikat täynnä", outcome="reserve")
    third.refresh_from_db()
    assert third.status == Status.RESERVE


def test_a_packet_is_a_snapshot_and_everybody_is_told(
    submitted: MakeChallenge,
    call_round: Round,
    coordinator: User,
    staff: User,
    second_staff: User,
) -> None:
    first, second = submitted("Alku"), submitted("Toinen")
    packet = services.send_packet(
        call_round.pk,
        items=[PacketItem(second.pk, "confirmed", " Hyvä "), PacketItem(first.pk, "reserve")],
        message="  Katsokaa  ",
        actor=coordinator,
    )
    rows = packet.proposals.values_list("position", "challenge", "suggested", "rationale")
    assert list(rows) == [(1, second.pk, "confirmed", "Hyvä"), (2, first.pk, "reserve", "")]
    assert (packet.number, packet.message, packet.sent_by) == (1, "Katsokaa", coordinator)
    assert packet.proposals.first().snapshot["title"] == "Toinen 2"
    first.refresh_from_db()
    assert first.status == Status.PROPOSED
    told = Letter.objects.filter(kind="packet").order_by("recipient")
    assert [(letter.recipient, letter.language) for letter in told] == [
        (second_staff.email, "sv"),
        (staff.email, "fi"),
    ]
    assert "Katsokaa" in told[0].text
    assert "/sv/admin/rounds/proposal/" in told[0].text
    assert first.title not in told[0].text


def test_packets_that_are_refused(
    submitted: MakeChallenge, call_round: Round, coordinator: User, staff: User
) -> None:
    three = [submitted(), submitted(), submitted()]
    foreign = PacketItem(10**9, "confirmed")
    asked = submitted(status="needs_completion")

    def send(*items: PacketItem, actor: User = coordinator) -> Packet:
        return services.send_packet(call_round.pk, items=items, message="", actor=actor)

    with pytest.raises(errors.EmptyPacket):
        send()
    with pytest.raises(errors.CapacityFull):
        send(*(PacketItem(challenge.pk, "confirmed") for challenge in three))
    with pytest.raises(errors.UnknownOutcome):
        send(PacketItem(three[0].pk, "confirmed"), PacketItem(three[0].pk, "reserve"))
    with pytest.raises(errors.UnknownOutcome):
        send(PacketItem(three[0].pk, "running"))
    with pytest.raises(WrongState):
        send(foreign)
    with pytest.raises(WrongState):
        send(PacketItem(three[0].pk, "confirmed"), PacketItem(asked.pk, "reserve"))
    for person in (staff, User.objects.create_superuser("root@example.org")):
        with pytest.raises(NotAllowed):
            send(PacketItem(three[0].pk, "confirmed"), actor=person)
    assert not Packet.objects.exists()
    assert not Letter.objects.exists()


def test_a_packet_needs_somebody_to_answer(
    submitted: MakeChallenge, call_round: Round, coordinator: User
) -> None:
    with pytest.raises(errors.NobodyToAnswer):
        services.send_packet(
            call_round.pk,
            items=[PacketItem(submitted().pk, "confirmed")],
            message="",
            actor=coordinator,
        )


def test_a_second_packet_counts_what_the_first_still_offers(
    submitted: MakeChallenge, packet_of: SendPacket
) -> None:
    packet_of(submitted(), submitted())
    with pytest.raises(errors.CapacityFull):
        packet_of(submitted())
    assert packet_of(submitted(), suggested="reserve").number == 2
