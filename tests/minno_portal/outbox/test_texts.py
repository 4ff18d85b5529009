from __future__ import annotations

import pytest

from minno_portal.errors import NotAllowed
from minno_portal.outbox import texts
from minno_portal.outbox.examples import example_of
from minno_portal.outbox.models import LetterText
from minno_portal.outbox.rendering import Written, render
from minno_portal.outbox.services import Recipient
from minno_portal.outbox.text_errors import ChangedMeanwhile, NotEditable, TextRefused
from organisations.models import Partnership, User
from organisations.people.letters import CODES
from rounds.challenges.letters import RECEIPT
from rounds.planning.models import Round

GOOD = Written("Kiitos: {viitenumero}", "{tervehdys}\n\nKiitos!\n{kuittilinkki}\n{linkki}")


def write(
    owner: Round | Partnership, actor: User, typed: Written = GOOD, seen: str | None = None
) -> LetterText:
    return texts.write_text(owner, kind=RECEIPT, language="fi", typed=typed, seen=seen, actor=actor)


def letter(round_: Round) -> str:
    to = Recipient("aino@example.org", "fi", "Aino")
    values = example_of(RECEIPT, round_).values
    return render(RECEIPT, to=to, values=values, sender=round_.sender).text


def fresh(round_: Round) -> Round:
    """Return the round as the next request would fetch it: senders remember their texts."""
    return Round.objects.get(pk=round_.pk)


def test_an_own_text_is_stored_in_english_and_used(call_round: Round, coordinator: User) -> None:
    text = write(call_round, coordinator)
    assert text.subject == "Kiitos: {reference}"
    assert text.text == "{greeting}\n\nKiitos!\n{receipt_url}\n{url}"
    assert (text.edited_by, text.events.count()) == (coordinator, 1)
    sent = letter(fresh(call_round))
    assert sent.startswith("Hei Aino,")
    assert "Kiitos!" in sent


def test_the_rounds_text_comes_before_the_partnerships(
    call_round: Round, coordinator: User
) -> None:
    house = GOOD.text.replace("Kiitos!", "Kumppanuuden kiitos!")
    write(call_round.partnership, coordinator, Written("Kiitos", house))
    assert "Kumppanuuden kiitos!" in letter(fresh(call_round))
    write(call_round, coordinator)
    assert "Kumppanuuden kiitos!" not in letter(fresh(call_round))
    assert texts.drop_text(call_round, kind=RECEIPT, language="fi", actor=coordinator)
    assert "Kumppanuuden kiitos!" in letter(fresh(call_round))
    assert not texts.drop_text(call_round, kind=RECEIPT, language="fi", actor=coordinator)


def test_hidden_characters_are_taken_out(call_round: Round, coordinator: User) -> None:
    typed = Written(
        "A\x00b\r\nBcc: x@example.org \u202e", "a\x00\u2066b\r\n\r\n\r\n\r\n" + GOOD.text
    )
    own = write(call_round, coordinator, typed)
    assert own.subject == "A b Bcc: x@example.org"
    assert own.text.startswith("ab\n\n{greeting}")


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        (Written("", GOOD.text), {"subject"}),
        (Written(" \x00 ", GOOD.text), {"subject"}),
        (Written("ä" * 201, GOOD.text), {"subject"}),
        (Written("Kiitos", ""), {"text"}),
        (Written("Kiitos", GOOD.text + "ä" * 10_000), {"text"}),
        (Written("{otsikko}", "{linkki} {tuntematon}"), {"subject", "text"}),
    ],
)
def test_what_has_to_be_corrected(
    call_round: Round, coordinator: User, typed: Written, fields: set[str]
) -> None:
    with pytest.raises(TextRefused) as refusal:
        write(call_round, coordinator, typed)
    assert {field for field, _sentence in refusal.value.problems} == fields
    assert not LetterText.objects.exists()


def test_only_the_partnerships_coordinator_writes(
    call_round: Round, coordinator: User, staff: User, administrator: User, contact: User
) -> None:
    for person in (staff, administrator, contact):
        for owner in (call_round, call_round.partnership):
            with pytest.raises(NotAllowed):
                write(owner, person)
            with pytest.raises(NotAllowed):
                texts.drop_text(owner, kind=RECEIPT, language="fi", actor=person)
            with pytest.raises(NotAllowed):
                texts.keep_text(owner, kind=RECEIPT, language="fi", actor=person)


@pytest.mark.parametrize(
    ("kind", "language"), [(CODES["sign-in-code"], "fi"), (RECEIPT, "de"), (RECEIPT, "\x00")]
)
def test_some_texts_are_the_portals_alone(
    call_round: Round, coordinator: User, kind: texts.Kind, language: str
) -> None:
    with pytest.raises(NotEditable):
        texts.write_text(call_round, kind=kind, language=language, typed=GOOD, actor=coordinator)


def test_whoever_began_from_an_older_text_does_not_overwrite(
    call_round: Round, coordinator: User
) -> None:
    nothing_yet = texts.mark(None)
    first = write(call_round, coordinator, seen=nothing_yet)
    with pytest.raises(ChangedMeanwhile):
        write(call_round, coordinator, seen=nothing_yet)
    write(call_round, coordinator, seen=texts.mark(first))


def test_a_changed_default_is_noticed_until_the_own_text_is_confirmed(
    call_round: Round, coordinator: User
) -> None:
    text = write(call_round, coordinator)
    assert not texts.default_has_changed(text, RECEIPT)
    LetterText.objects.update(default_digest="as it was last year")
    text.refresh_from_db()
    assert texts.default_has_changed(text, RECEIPT)
    kept = texts.keep_text(call_round, kind=RECEIPT, language="fi", actor=coordinator)
    assert kept is not None
    assert not texts.default_has_changed(kept, RECEIPT)
    assert kept.text == text.text
    texts.drop_text(call_round, kind=RECEIPT, language="fi", actor=coordinator)
    assert texts.keep_text(call_round, kind=RECEIPT, language="fi", actor=coordinator) is None


def test_a_text_that_names_what_is_gone_is_left_out(call_round: Round, coordinator: User) -> None:
    """An upgrade may take a placeholder away: letters go on with the default."""
    write(call_round, coordinator)
    LetterText.objects.update(text="Kiitos! {gone}")
    assert "Kiitos!" not in letter(fresh(call_round))
    assert letter(fresh(call_round)).startswith("Hei Aino,")
