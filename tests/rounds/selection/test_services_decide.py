import pytest

from minno_portal.errors import NotAllowed, WrongState
from minno_portal.outbox.models import Letter
from organisations.models import Organisation, User
from rounds.challenges.enums import Status
from rounds.planning.models import Round
from rounds.selection import errors, services
from rounds.selection.models import Decision
from tests.rounds.selection.conftest import MakeChallenge, SendPacket


def decisions_told() -> list[tuple[str, str, str]]:
    letters = Letter.objects.filter(kind__startswith="decision-").order_by("recipient", "kind")
    return list(letters.values_list("recipient", "kind", "language"))


def aside(challenge_id: int, actor: User, **given: str) -> Decision:
    values = {"outcome": "not_selected", "reason": "Syy", "internal_note": "Huomio"} | given
    return services.set_aside(challenge_id, **values, actor=actor)


def test_setting_aside_decides_and_tells_nobody(
    submitted: MakeChallenge, coordinator: User, staff: User, contact: User, administrator: User
) -> None:
    challenge = submitted()
    for person in (staff, contact, administrator):
        with pytest.raises(NotAllowed):
            aside(challenge.pk, person)
    with pytest.raises(errors.UnknownOutcome):
        aside(challenge.pk, coordinator, outcome="confirmed")

    decision = aside(challenge.pk, coordinator)

    challenge.refresh_from_db()
    assert (challenge.status, challenge.decided_by) == (Status.NOT_SELECTED, coordinator)
    assert (decision.reason, decision.internal_note) == ("Syy", "Huomio")
    assert challenge.told_status == "considered"
    assert not Letter.objects.exists()
    with pytest.raises(WrongState):
        aside(challenge.pk, coordinator)


def test_a_reason_is_a_draft_until_told(
    submitted: MakeChallenge, call_round: Round, coordinator: User, staff: User
) -> None:
    challenge = submitted()
    written = {"reason": " Uusi syy ", "internal_note": " Uusi huomio "}
    with pytest.raises(WrongState):
        services.write_reason(challenge.pk, **written, actor=coordinator)
    aside(challenge.pk, coordinator, reason="")
    with pytest.raises(NotAllowed):
        services.write_reason(challenge.pk, **written, actor=staff)

    decision = services.write_reason(challenge.pk, **written, actor=coordinator)
    assert (decision.reason, decision.internal_note) == ("Uusi syy", "Uusi huomio")

    services.announce_decisions(call_round.pk, actor=coordinator)
    with pytest.raises(WrongState):
        services.write_reason(challenge.pk, **written, actor=coordinator)


def test_announcing_tells_each_in_their_language_with_the_reason(
    submitted: MakeChallenge,
    packet_of: SendPacket,
    call_round: Round,
    contact: User,
    coordinator: User,
    staff: User,
) -> None:
    contact.language = "en"
    contact.save()
    chosen = submitted("Valittu", deputy_email="Deputy@example.org", language="sv")
    refused = submitted("Hylätty")
    services.answer_proposal(
        packet_of(chosen).proposals.get().pk, answer="agree", note="Salainen", actor=staff
    )
    aside(refused.pk, coordinator, reason="Rajaa kohderyhmää", internal_note="Sisäinen")

    assert services.announce_decisions(call_round.pk, actor=coordinator) == 3

    assert decisions_told() == [
        (contact.email, "decision-confirmed", "en"),
        (contact.email, "decision-not-selected", "en"),
        ("deputy@example.org", "decision-confirmed", "sv"),
    ]
    letter = Letter.objects.get(kind="decision-not-selected")
    assert "Rajaa kohderyhmää" in letter.text
    assert "Sisäinen" not in letter.text
    assert letter.reply_to == call_round.partnership.reply_to
    assert letter.thread == call_round.slug
    call_round.refresh_from_db()
    refused.refresh_from_db()
    assert call_round.announced_at is not None
    assert refused.told_status == Status.NOT_SELECTED
    with pytest.raises(errors.NothingToAnnounce):
        services.announce_decisions(call_round.pk, actor=coordinator)
    assert len(decisions_told()) == 3


def test_one_address_gets_one_letter(
    submitted: MakeChallenge, call_round: Round, coordinator: User, contact: User
) -> None:
    challenge = submitted(deputy_email=contact.email.upper(), deputy_name="Varahenkilö")
    aside(challenge.pk, coordinator)
    assert services.announce_decisions(call_round.pk, actor=coordinator) == 1
    assert Letter.objects.get().recipient_name == "Yhdyshenkilö"


def test_announcing_is_refused(
    submitted: MakeChallenge,
    packet_of: SendPacket,
    call_round: Round,
    coordinator: User,
    staff: User,
    administrator: User,
    contact: User,
) -> None:
    for person in (staff, administrator, contact):
        with pytest.raises(NotAllowed):
            services.announce_decisions(call_round.pk, actor=person)
    with pytest.raises(errors.NothingToAnnounce):
        services.announce_decisions(call_round.pk, actor=coordinator)
    proposed, bare = submitted(), submitted()
    proposal = packet_of(proposed).proposals.get()
    aside(bare.pk, coordinator, reason=" ", outcome="reserve")
    with pytest.raises(errors.ProposalsWaiting):
        services.announce_decisions(call_round.pk, actor=coordinator)
    services.answer_proposal(proposal.pk, answer="disagree", note="Ei", actor=staff)
    with pytest.raises(errors.ReasonsMissing) as refusal:
        services.announce_decisions(call_round.pk, actor=coordinator)
    assert {each.challenge_id for each in refusal.value.decisions} == {bare.pk, proposed.pk}
    assert bare.reference in str(refusal.value.sentence)
    assert not decisions_told()
    assert not Decision.objects.exclude(announced_at=None).exists()


def test_the_round_is_announced_when_everything_is_decided(
    submitted: MakeChallenge, call_round: Round, coordinator: User
) -> None:
    first, second = submitted(), submitted()
    aside(first.pk, coordinator)
    services.announce_decisions(call_round.pk, actor=coordinator)
    call_round.refresh_from_db()
    assert call_round.announced_at is None
    aside(second.pk, coordinator)
    services.announce_decisions(call_round.pk, actor=coordinator)
    call_round.refresh_from_db()
    assert call_round.announced_at is not None


def test_a_withdrawn_challenge_is_not_told(
    submitted: MakeChallenge, call_round: Round, coordinator: User
) -> None:
    gone, other = submitted(), submitted()
    for challenge in (gone, other):
        aside(challenge.pk, coordinator, outcome="reserve")
    gone.refresh_from_db()
    gone.status = Status.WITHDRAWN
    gone.save()
    services.announce_decisions(call_round.pk, actor=coordinator)
    assert Letter.objects.get().about_id == other.pk


def test_promoting_from_the_reserve_is_told_anew(
    submitted: MakeChallenge,
    packet_of: SendPacket,
    call_round: Round,
    coordinator: User,
    staff: User,
) -> None:
    reserve = submitted("Varalla")
    aside(reserve.pk, coordinator, outcome="reserve")
    services.announce_decisions(call_round.pk, actor=coordinator)
    with pytest.raises(NotAllowed):
        services.promote_reserve(reserve.pk, actor=staff)

    decision = services.promote_reserve(reserve.pk, actor=coordinator)

    reserve.refresh_from_db()
    assert reserve.status == Status.CONFIRMED
    assert reserve.told_status == "considered"
    assert decision.announced_at is None
    earlier = reserve.decisions.exclude(pk=decision.pk).get()
    assert earlier.superseded_at is not None
    with pytest.raises(WrongState):
        services.promote_reserve(reserve.pk, actor=coordinator)
    services.announce_decisions(call_round.pk, actor=coordinator)
    kinds = Letter.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["decision-reserve", "decision-confirmed"]
    reserve.refresh_from_db()
    assert reserve.told_status == Status.CONFIRMED


def test_promoting_needs_a_free_place(
    submitted: MakeChallenge,
    packet_of: SendPacket,
    call_round: Round,
    coordinator: User,
    staff: User,
    umbrella: Organisation,
) -> None:
    reserve = submitted()
    aside(reserve.pk, coordinator, outcome="reserve")
    for proposal in packet_of(submitted(), submitted()).proposals.all():
        services.answer_proposal(proposal.pk, answer="agree", note="", actor=staff)
    with pytest.raises(errors.CapacityFull):
        services.promote_reserve(reserve.pk, actor=coordinator)
    reserve.refresh_from_db()
    assert reserve.status == Status.RESERVE
