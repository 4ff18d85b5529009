"""Telling: to whom, in which language, as edited, all or chosen ones, and putting it right."""

from __future__ import annotations

import pytest
from django.core import mail

from minno_portal import clock
from minno_portal.errors import NotAllowed, WrongState
from minno_portal.outbox.delivery import deliver_letter
from minno_portal.outbox.models import Letter
from organisations.models import User
from rounds.challenges.enums import Status
from rounds.planning.models import Round
from rounds.selection import errors, services
from rounds.selection.deciding.errors import BadLetter, EmptyText, LettersChanged, NothingChosen
from rounds.selection.deciding.letters import decision_letters, seen
from rounds.selection.deciding.models import LetterDraft
from rounds.selection.models import Decision
from tests.rounds.selection.conftest import MakeChallenge, SendPacket
from tests.rounds.selection.deciding.conftest import Decided, SetAside


def decisions_told() -> list[tuple[str, str, str]]:
    letters = Letter.objects.filter(kind__startswith="decision-").order_by("recipient", "kind")
    return list(letters.values_list("recipient", "kind", "language"))


def edit(decision: Decision, actor: User, **given: str) -> LetterDraft | None:
    values = {"email": "contact@example.org", "subject": "Aihe", "text": "Teksti"} | given
    return services.edit_letter(decision.pk, **values, actor=actor)


def test_each_is_told_in_their_language_with_the_reason(
    agreed: Decided,
    submitted: MakeChallenge,
    aside: SetAside,
    call_round: Round,
    contact: User,
    coordinator: User,
) -> None:
    contact.language = "en"
    contact.save()
    agreed(deputy_email="Deputy@example.org", language="sv")
    refused = submitted("Hylätty")
    aside(refused, reason="Rajaa kohderyhmää", internal_note="Sisäinen")
    assert services.announce_decisions(call_round.pk, actor=coordinator) == 3
    assert decisions_told() == [
        (contact.email, "decision-confirmed", "en"),
        (contact.email, "decision-not-selected", "en"),
        ("deputy@example.org", "decision-confirmed", "sv"),
    ]
    letter = Letter.objects.get(kind="decision-not-selected")
    assert "Rajaa kohderyhmää" in letter.text
    assert "Sisäinen" not in letter.text
    assert (letter.reply_to, letter.thread) == ("minno@example.org", call_round.slug)
    call_round.refresh_from_db()
    refused.refresh_from_db()
    assert call_round.announced_at is not None
    assert refused.told_status == Status.NOT_SELECTED
    with pytest.raises(errors.NothingToAnnounce):
        services.announce_decisions(call_round.pk, actor=coordinator)
    assert len(decisions_told()) == 3


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("outcome", ["confirmed", "reserve", "not_selected"])
def test_letters_are_whole_in_every_language(
    told: Decided, contact: User, outcome: str, language: str
) -> None:
    contact.language = language
    contact.save()
    challenge = told(outcome)
    letter = Letter.objects.get(kind__startswith="decision-")
    assert letter.language == language
    assert challenge.title in letter.subject
    assert f"/challenges/{challenge.pk}/" in letter.text
    assert letter.text.rstrip().endswith("Terveisin koordinaattori")
    assert "\n\n\n" not in letter.text
    assert "{" not in letter.text


def test_one_address_gets_one_letter(
    submitted: MakeChallenge, aside: SetAside, call_round: Round, coordinator: User, contact: User
) -> None:
    aside(submitted(deputy_email=contact.email.upper(), deputy_name="Varahenkilö"))
    assert services.announce_decisions(call_round.pk, actor=coordinator) == 1
    assert Letter.objects.get().recipient_name == "Yhdyshenkilö"


def test_telling_is_refused(
    submitted: MakeChallenge,
    packet_of: SendPacket,
    aside: SetAside,
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
    aside(bare, reason=" ", outcome="reserve")
    with pytest.raises(errors.ProposalsWaiting):
        services.announce_decisions(call_round.pk, actor=coordinator)
    services.answer_proposal(proposal.pk, answer="disagree", note="Ei", actor=staff)
    with pytest.raises(errors.ReasonsMissing) as refusal:
        services.announce_decisions(call_round.pk, actor=coordinator)
    assert {each.challenge_id for each in refusal.value.decisions} == {bare.pk, proposed.pk}
    assert bare.reference in str(refusal.value.sentence)
    assert not decisions_told()
    assert not Decision.objects.exclude(announced_at=None).exists()


def test_chosen_ones_are_told_while_others_wait(
    submitted: MakeChallenge,
    packet_of: SendPacket,
    aside: SetAside,
    call_round: Round,
    coordinator: User,
) -> None:
    first, second = aside(submitted()), aside(submitted())
    packet_of(submitted())
    with pytest.raises(NothingChosen):
        services.announce_decisions(call_round.pk, decisions=[], actor=coordinator)
    services.announce_decisions(call_round.pk, decisions=[first.pk], actor=coordinator)
    first.refresh_from_db()
    second.refresh_from_db()
    call_round.refresh_from_db()
    assert first.announced_at
    assert not second.announced_at
    assert not call_round.announced_at
    for ids in ([first.pk], [first.pk, second.pk], [2**40]):
        with pytest.raises(WrongState):
            services.announce_decisions(call_round.pk, decisions=ids, actor=coordinator)


def test_a_proposal_of_a_chosen_one_stops_it(
    told: Decided, packet_of: SendPacket, call_round: Round, coordinator: User
) -> None:
    reserve = told("reserve")
    reserve.status = Status.PROPOSED
    reserve.save()
    chosen = [reserve.decisions.get().pk]
    with pytest.raises(errors.ProposalsWaiting):
        services.announce_decisions(call_round.pk, decisions=chosen, actor=coordinator)


def test_a_withdrawn_challenge_is_not_told(
    submitted: MakeChallenge, aside: SetAside, call_round: Round, coordinator: User
) -> None:
    gone, other = submitted(), submitted()
    for challenge in (gone, other):
        aside(challenge, outcome="reserve")
    gone.refresh_from_db()
    gone.status = Status.WITHDRAWN
    gone.save()
    services.announce_decisions(call_round.pk, actor=coordinator)
    assert Letter.objects.get().about_id == other.pk


# --- Edited letters ---------------------------------------------------------------------------


def test_an_edited_letter_goes_out_as_it_was_edited(
    submitted: MakeChallenge, aside: SetAside, call_round: Round, coordinator: User
) -> None:
    decision = aside(submitted())
    hostile = "Aihe\r\nBcc: x@example.org"
    edit(decision, coordinator, subject=hostile, text="<b>Hei</b>\r\n\r\n\r\n\r\n\u202eLoppu")
    services.announce_decisions(call_round.pk, actor=coordinator)
    letter = Letter.objects.get()
    assert letter.subject == "Aihe Bcc: x@example.org"
    assert letter.text == "<b>Hei</b>\n\nLoppu\n"
    assert "&lt;b&gt;Hei&lt;/b&gt;" in letter.html
    deliver_letter(letter.pk)
    assert mail.outbox[0].subject == letter.subject
    assert len(mail.outbox[0].recipients()) == 1


def test_editing_is_refused(
    submitted: MakeChallenge,
    aside: SetAside,
    call_round: Round,
    coordinator: User,
    staff: User,
    contact: User,
) -> None:
    decision = aside(submitted())
    for person in (staff, contact):
        with pytest.raises(NotAllowed):
            edit(decision, person)
        with pytest.raises(NotAllowed):
            services.reset_letter(decision.pk, email=contact.email, actor=person)
    for bad in ({"subject": " \n"}, {"text": ""}, {"subject": "x" * 201}, {"text": "x" * 6001}):
        with pytest.raises(BadLetter):
            edit(decision, coordinator, **bad)
    with pytest.raises(WrongState):
        edit(decision, coordinator, email="other@example.org")
    services.announce_decisions(call_round.pk, actor=coordinator)
    with pytest.raises(WrongState):
        edit(decision, coordinator)


def test_back_to_the_default_and_older_than_the_reason(
    submitted: MakeChallenge, aside: SetAside, call_round: Round, coordinator: User
) -> None:
    challenge = submitted()
    decision = aside(challenge)

    def letter():
        fresh = Decision.objects.select_related("challenge__organisation").get(pk=decision.pk)
        return decision_letters(call_round, [fresh])[0]

    default = letter().rendered
    edit(decision, coordinator)
    assert (letter().rendered.text, letter().warnings) == ("Teksti\n", [])
    services.write_reason(challenge.pk, reason="Toinen", internal_note="", actor=coordinator)
    assert len(letter().warnings) == 1
    services.reset_letter(decision.pk, email="contact@example.org", actor=coordinator)
    assert "Toinen" in letter().rendered.text
    now = letter().rendered
    edit(decision, coordinator, subject=now.subject, text=now.text)
    assert not LetterDraft.objects.exists()
    assert now.text != default.text


def test_nothing_is_sent_that_was_not_seen(
    submitted: MakeChallenge, aside: SetAside, call_round: Round, coordinator: User
) -> None:
    challenge = submitted()
    decision = aside(challenge)
    fresh = Decision.objects.select_related("challenge").get(pk=decision.pk)
    marks = {decision.pk: seen(decision_letters(call_round, [fresh]))}
    services.write_reason(challenge.pk, reason="Muu", internal_note="", actor=coordinator)
    with pytest.raises(LettersChanged):
        services.announce_decisions(call_round.pk, seen=marks, actor=coordinator)
    assert not Letter.objects.exists()


def test_warnings_of_people_who_are_gone(
    submitted: MakeChallenge,
    aside: SetAside,
    call_round: Round,
    contact: User,
) -> None:
    contact.is_active = False
    contact.save()
    for email in (contact.email, "unknown@example.org", ""):
        aside(submitted(contact_email=email, deputy_email="deputy@example.org"))
    decisions = list(Decision.objects.untold(call_round))
    letters = decision_letters(call_round, decisions)
    warned = {(each.to.email, len(each.warnings)) for each in letters}
    assert warned == {(contact.email, 1), ("unknown@example.org", 1), ("deputy@example.org", 0)}


# --- Corrections ------------------------------------------------------------------------------


def test_a_correction_goes_to_those_who_got_the_letter_in_its_thread(
    told: Decided, coordinator: User, contact: User, call_round: Round
) -> None:
    challenge = told(deputy_email="deputy@example.org", language="sv")
    challenge.contact_email = "new@example.org"
    challenge.save()
    for _press in range(2):
        services.send_correction(challenge.pk, text="Aloitus on 5.2.", actor=coordinator)
    letters = Letter.objects.filter(kind="decision-correction").order_by("recipient")
    assert [(each.recipient, each.language) for each in letters] == [
        (contact.email, "fi"),
        ("deputy@example.org", "sv"),
    ]
    first = Letter.objects.filter(kind="decision-confirmed").first()
    assert first is not None
    for letter in (first, letters[0]):
        deliver_letter(letter.pk)
    sent = [message.extra_headers["References"] for message in mail.outbox]
    assert sent[0] == sent[1]
    assert "Aloitus on 5.2." in letters[0].text
    with pytest.raises(EmptyText):
        services.send_correction(challenge.pk, text=" \r\n", actor=coordinator)


def test_a_correction_is_of_what_was_told(
    told: Decided, coordinator: User, call_round: Round
) -> None:
    challenge = told()
    first = challenge.decisions.get()
    services.redecide(
        challenge.pk, outcome="reserve", reason="Syy", internal_note="", actor=coordinator
    )
    correction = services.send_correction(challenge.pk, text="Oikaisu", actor=coordinator)
    assert correction.decision == first
    text = Letter.objects.get(kind="decision-correction").text
    assert "varalla" not in text.lower()
    assert correction.sent_at <= clock.now()
