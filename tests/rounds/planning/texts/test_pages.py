from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal.outbox import texts
from minno_portal.outbox.kinds import Kind, every_kind
from minno_portal.outbox.models import LetterText
from minno_portal.outbox.rendering import Written
from minno_portal.outbox.texts import write_text
from organisations.models import Organisation, Partnership, User
from organisations.partnership.reviewing import REVIEW
from rounds.challenges.enums import Status
from rounds.challenges.letters import COMMENT, RECEIPT
from rounds.challenges.models import Challenge
from rounds.planning.models import Round

GOOD = {"subject": "Kiitos: {viitenumero}", "text": "{tervehdys}\n\n{kuittilinkki}\n{linkki}"}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def signed_in(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def page_of(owner: Round | Partnership, kind: str = "receipt", language: str = "fi") -> str:
    if isinstance(owner, Round):
        return reverse("round-texts-edit", args=[owner.slug, kind, language])
    return reverse("text-edit", args=[owner.pk, kind, language])


def write(owner: Round | Partnership, actor: User, kind: Any = RECEIPT) -> LetterText:
    typed = Written("Oma otsikko", "Oma teksti {receipt_url} {url} {comments}")
    if kind is RECEIPT:
        typed = Written(typed.subject, typed.text.replace("{comments}", ""))
    else:
        typed = Written(typed.subject, typed.text.replace("{receipt_url}", ""))
    return write_text(owner, kind=kind, language="fi", typed=typed, actor=actor)


def of_round() -> list[Kind]:
    return [kind for kind in every_kind() if kind.is_of_round]


def test_a_round_has_no_text_for_what_goes_outside_rounds(
    signed_in: Client, call_round: Round
) -> None:
    assert signed_in.get(page_of(call_round, REVIEW.name)).status_code == 404
    assert signed_in.get(page_of(call_round.partnership, REVIEW.name)).status_code == 200


def test_the_list_names_every_kind_and_whose_text_it_has(
    signed_in: Client, call_round: Round, coordinator: User
) -> None:
    write(call_round, coordinator)
    write(call_round.partnership, coordinator, COMMENT)
    page = signed_in.get(reverse("round-texts", args=[call_round.slug])).text
    for kind in of_round():
        assert str(kind.label) in page
    assert str(REVIEW.label) not in page
    assert "Oma: suomi" in page
    assert "Kumppanuuden: suomi" in page
    house = signed_in.get(reverse("texts-of", args=[call_round.partnership_id])).text
    for kind in every_kind():
        assert str(kind.label) in house
    assert house.count("Oma: suomi") == 1
    assert "Kumppanuuden: suomi" not in house


@pytest.mark.parametrize("own", [1, 3])
def test_the_list_asks_as_often_with_one_text_as_with_three(
    signed_in: Client,
    call_round: Round,
    coordinator: User,
    own: int,
    django_assert_num_queries: Any,
) -> None:
    editable = [kind for kind in every_kind() if kind.is_editable][:own]
    for kind in editable:
        LetterText.objects.create(
            owner=call_round, kind=kind.name, language="fi", subject="x", text="y"
        )
    signed_in.get(reverse("round-texts", args=[call_round.slug]))
    with django_assert_num_queries(6):
        signed_in.get(reverse("round-texts", args=[call_round.slug]))
    with django_assert_num_queries(5):
        signed_in.get(reverse("texts-of", args=[call_round.partnership_id]))


def test_the_editor_asks_little(
    signed_in: Client, call_round: Round, coordinator: User, django_assert_max_num_queries: Any
) -> None:
    write(call_round, coordinator)
    for kind in of_round():
        with django_assert_max_num_queries(12):
            assert signed_in.get(page_of(call_round, kind.name)).status_code == 200


def test_one_partnership_is_opened_at_once_several_are_listed(
    signed_in: Client, partnership: Partnership, school: Organisation
) -> None:
    for name, of in (("texts", "texts-of"), ("texts-sender", "texts-sender-of")):
        answer = signed_in.get(reverse(name))
        assert answer.headers["Location"] == reverse(of, args=[partnership.pk])
    second = Organisation.objects.create(name="Toinen koulu Oy", kind=school.kind)
    partnership.pk, partnership.prefix, partnership.institution = None, "TOINEN", second
    partnership._state.adding = True
    partnership.save()
    page = signed_in.get(reverse("texts")).text
    assert page.count("/manage/letters/texts/") >= 2


def test_writing_a_text_and_going_back(signed_in: Client, call_round: Round) -> None:
    page = page_of(call_round)
    first = signed_in.get(page)
    assert "Olemme saaneet haasteen ”{haaste}”" in first.text
    assert "keksitty" in first.text
    seen = first.context["form"]["seen"].value()
    answer = signed_in.post(page, {**GOOD, "seen": seen, "do": "save"}, follow=True)
    own = LetterText.objects.get()
    assert (own.subject, own.owner) == ("Kiitos: {reference}", call_round)
    assert "Kiitos: {viitenumero}" in answer.text
    assert "Muuttanut Coordinator" in answer.text
    answer = signed_in.post(page, {"do": "default"}, follow=True)
    assert not LetterText.objects.exists()
    assert "Teksti on taas oletus." in answer.text


def test_the_preview_has_real_values_and_says_what_is_wrong(
    signed_in: Client, call_round: Round, draft: Challenge
) -> None:
    Challenge.objects.filter(pk=draft.pk).update(
        reference="MINNO-1-2027-01", number=1, submitted_at=call_round.call_opens_at
    )
    page = page_of(call_round)
    # What an association still writes at is nobody else's to see.
    assert draft.title not in signed_in.get(page).text
    Challenge.objects.filter(pk=draft.pk).update(status=Status.SUBMITTED)
    assert draft.title in signed_in.get(page).text
    whole = signed_in.post(page, {**GOOD, "do": "preview"})
    assert whole.status_code == 200
    assert "Kiitos: MINNO-1-2027-01" in whole.text
    assert f"/challenges/{draft.pk}/receipt/" in whole.text
    assert not LetterText.objects.exists()
    part = signed_in.post(
        page, {"subject": "A", "text": "<b>{vitenumero}</b>", "do": "preview"}, headers=HTMX
    )
    assert "<html" not in part.text
    assert "&lt;b&gt;{vitenumero}&lt;/b&gt;" in part.text
    assert "tarkoitatteko {viitenumero}?" in part.text
    assert "{kuittilinkki}" in part.text


def test_a_refused_text_stays_in_the_form(signed_in: Client, call_round: Round) -> None:
    typed = {"subject": "", "text": "ä" * 10_001 + "{haate}", "do": "save"}
    answer = signed_in.post(page_of(call_round), typed)
    assert answer.status_code == 200
    assert "tarkoitatteko {haaste}?" in answer.text
    assert typed["text"] in answer.text
    assert set(answer.context["form"].errors) == {"subject", "text"}


def test_hidden_characters_are_no_error(signed_in: Client, call_round: Round) -> None:
    typed = {"subject": "Kii\x00tos", "text": f"\u202e{GOOD['text']}\x00", "do": "save"}
    assert signed_in.post(page_of(call_round), typed).status_code == 302
    assert LetterText.objects.get().text.startswith("{greeting}")


def test_whoever_is_late_sees_both_texts(
    signed_in: Client, call_round: Round, coordinator: User
) -> None:
    page = page_of(call_round)
    seen = signed_in.get(page).context["form"]["seen"].value()
    write(call_round, coordinator)
    answer = signed_in.post(page, {**GOOD, "seen": seen, "do": "save"})
    assert "Joku muu on muuttanut" in answer.text
    assert GOOD["subject"] in answer.text
    assert "Oma teksti" in answer.text
    again = answer.context["form"]["seen"].value()
    assert signed_in.post(page, {**GOOD, "seen": again, "do": "save"}).status_code == 302
    assert LetterText.objects.get().subject == "Kiitos: {reference}"


def test_a_changed_default_is_shown_beside_ones_own(
    signed_in: Client, call_round: Round, coordinator: User
) -> None:
    write(call_round, coordinator)
    LetterText.objects.update(default_digest="last year’s")
    assert (
        "Oletus on muuttunut" in signed_in.get(reverse("round-texts", args=[call_round.slug])).text
    )
    page = page_of(call_round)
    shown = signed_in.get(page).text
    assert "<ins" in shown
    assert "<del" in shown
    assert "Ota uusi oletus" in shown
    answer = signed_in.post(page, {"do": "keep"}, follow=True)
    assert "Ota uusi oletus" not in answer.text
    assert LetterText.objects.get().subject == "Oma otsikko"


def test_a_round_shows_what_it_has_from_the_partnership(
    signed_in: Client, call_round: Round, coordinator: User
) -> None:
    write(call_round.partnership, coordinator)
    shown = signed_in.get(page_of(call_round)).text
    assert "Oma otsikko" in shown
    assert page_of(call_round.partnership) in shown
    write(call_round, coordinator)
    assert "Palaa kumppanuuden tekstiin" in signed_in.get(page_of(call_round)).text
    answer = signed_in.post(page_of(call_round), {"do": "default"}, follow=True)
    assert "Teksti on taas kumppanuuden." in answer.text


def test_a_text_that_names_what_is_gone_is_reported(
    signed_in: Client, call_round: Round, coordinator: User
) -> None:
    write(call_round, coordinator)
    LetterText.objects.update(text="{gone} {url} {receipt_url}")
    assert "oletus" in signed_in.get(page_of(call_round)).text


def test_fixed_letters_have_a_preview_and_no_form(signed_in: Client, call_round: Round) -> None:
    page = page_of(call_round, "sign-in-code")
    shown = signed_in.get(page).text
    assert "BCDFGH" in shown
    assert 'id="text-form"' not in shown
    answer = signed_in.post(page, {**GOOD, "do": "save"})
    assert answer.status_code == 200
    assert not LetterText.objects.exists()


@pytest.mark.parametrize(("kind", "language"), [("nothing", "fi"), ("receipt", "de")])
def test_there_is_no_such_letter(
    signed_in: Client, call_round: Round, kind: str, language: str
) -> None:
    for owner in (call_round, call_round.partnership):
        assert signed_in.get(page_of(owner, kind, language)).status_code == 404


def test_others_do_not_write(
    client: Client, call_round: Round, staff: User, administrator: User, stranger: User
) -> None:
    for person, look, save in ((staff, 403, 403), (administrator, 200, 403), (stranger, 404, 404)):
        client.force_login(person)
        for owner in (call_round, call_round.partnership):
            page = page_of(owner)
            assert client.get(page).status_code == look
            for do in ("save", "default", "keep", "", "\x00"):
                assert client.post(page, {**GOOD, "do": do}).status_code == save
    assert not LetterText.objects.exists()


def test_texts_come_along_to_a_copied_round(
    signed_in: Client, call_round: Round, coordinator: User, partnership: Partnership
) -> None:
    write(call_round, coordinator)
    write(partnership, coordinator, COMMENT)
    other = Round.objects.get(pk=call_round.pk)
    other.pk, other.slug, other.number = None, "minno-2-2027", 2
    other._state.adding = True
    other.save()
    assert texts.copy_texts(call_round, other) == 1
    copied = LetterText.objects.of([other]).get()
    original = LetterText.objects.of([call_round]).get()
    fields = ("kind", "language", "subject", "text", "default_digest", "edited_by", "edited_at")
    for field in fields:
        assert getattr(copied, field) == getattr(original, field)
