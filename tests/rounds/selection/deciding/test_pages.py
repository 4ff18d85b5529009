"""The pages of deciding and telling: who gets in, what they show, what is typed and kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal.outbox.models import Letter
from organisations.models import User
from rounds.challenges.enums import Status
from rounds.planning.models import Round
from rounds.selection import services
from rounds.selection.deciding.models import Correction, LetterDraft
from rounds.selection.deciding.phrases import phrases_for
from rounds.selection.models import Decision
from tests.rounds.selection.conftest import MakeChallenge, SendPacket
from tests.rounds.selection.deciding.conftest import Decided, SetAside

HOSTILE = ("\x00", "x" * 10_000, "<script>")


@pytest.fixture
def desk(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def announce_url(round_: Round) -> str:
    return reverse("decisions-announce", args=(round_.slug,))


def filled(page: Any, **changes: str) -> dict[str, str]:
    """Return what the announcing page's form would send, with changes by the field's end."""
    data = {}
    for card in page.context["cards"]:
        for form in card.forms:
            for field in form:
                value = field.value()
                if value is not None and value is not False:
                    data[field.html_name] = "on" if value is True else str(value)
    for end, value in changes.items():
        for name in [name for name in data if name.endswith(end)]:
            data[name] = value
    return data


@pytest.mark.parametrize(
    "name",
    [
        *("challenge-set-aside", "decision-edit", "decision-reopen", "decision-change"),
        *("decision-correct", "challenge-promote", "feedback-answer"),
    ],
)
def test_only_the_coordinator_decides(
    client: Client, request: pytest.FixtureRequest, submitted: MakeChallenge, name: str
) -> None:
    challenge = submitted()
    url = reverse(name, args=(challenge.pk,))
    assert "/accounts/" in client.post(url)["Location"]
    people = {"staff": 403, "administrator": 403, "contact": 403, "stranger": 404}
    for person, status in people.items():
        client.force_login(request.getfixturevalue(person))
        assert client.post(url).status_code == status
    challenge.refresh_from_db()
    assert challenge.status == Status.SUBMITTED


@pytest.mark.parametrize(
    "name", ["decision-edit", "decision-reopen", "decision-change", "decision-correct"]
)
def test_in_a_wrong_state_the_way_leads_back(
    desk: Client, submitted: MakeChallenge, name: str
) -> None:
    url = reverse(name, args=(submitted().pk,))
    response = desk.post(url, {"reason": "Syy", "text": "Syy", "outcome": "reserve"})
    assert response.status_code == 302
    assert not Letter.objects.exists()
    assert not Decision.objects.exists()


# --- One decision -----------------------------------------------------------------------------


def test_setting_aside_on_the_page(desk: Client, submitted: MakeChallenge) -> None:
    challenge = submitted()
    url = reverse("challenge-set-aside", args=(challenge.pk,))
    assert desk.post(url, {"reason": "Syy"}).context["form"].errors["outcome"]
    for text in HOSTILE[:2]:
        page = desk.post(url, {"outcome": "reserve", "reason": text})
        assert page.context["form"].errors["reason"]
    desk.post(url, {"outcome": "reserve", "reason": HOSTILE[2], "internal_note": "Huomio"})
    challenge.refresh_from_db()
    assert challenge.status == Status.RESERVE
    assert desk.get(url).status_code == 302


def test_a_phrase_fills_the_field_and_keeps_what_was_typed(
    desk: Client, submitted: MakeChallenge, aside: SetAside
) -> None:
    challenge = submitted(language="sv")
    url = reverse("challenge-set-aside", args=(challenge.pk,))
    second = phrases_for("not_selected", "sv")[1]
    page = desk.get(f"{url}?phrase=not_selected-2")
    assert page.context["form"]["reason"].value() == second
    typed = {"reason": "Alku", "internal_note": "Huomio", "phrase": "not_selected-2"}
    form = desk.post(url, typed).context["form"]
    assert form["reason"].value() == f"Alku\n{second}"
    assert form["internal_note"].value() == "Huomio"
    assert form["outcome"].value() == "not_selected"
    for odd in ("9", "not_selected-9", "x-y-z", "\x00", "-"):
        assert desk.get(url, {"phrase": odd}).status_code == 200
    refused = desk.post(url, {"outcome": "not_selected", "reason": second})
    assert refused.context["form"].errors["reason"]
    aside(challenge)
    edit = reverse("decision-edit", args=(challenge.pk,))
    assert desk.get(f"{edit}?phrase=2").context["form"]["reason"].value() == f"Syy\n{second}"


def test_writing_the_reason_and_taking_back_on_the_page(
    desk: Client, call_round: Round, submitted: MakeChallenge, aside: SetAside
) -> None:
    challenge = submitted()
    url = reverse("decision-edit", args=(challenge.pk,))
    aside(challenge, reason="")
    desk.post(url, {"reason": "Hyvä alku", "internal_note": "Huomio"})
    assert challenge.decisions.get().reason == "Hyvä alku"
    assert reverse("decision-reopen", args=(challenge.pk,)) in desk.get(url).content.decode()
    desk.post(reverse("decision-reopen", args=(challenge.pk,)))
    challenge.refresh_from_db()
    assert challenge.status == Status.SUBMITTED


def test_after_telling_one_corrects_or_decides_anew(
    desk: Client, told: Decided, contact: User, call_round: Round
) -> None:
    challenge = told("reserve")
    page = desk.get(reverse("decision-edit", args=(challenge.pk,))).content.decode()
    assert "<textarea" not in page
    correct = reverse("decision-correct", args=(challenge.pk,))
    change = reverse("decision-change", args=(challenge.pk,))
    assert correct in page
    assert change in page
    for text in HOSTILE[:2]:
        assert desk.post(correct, {"text": text, "send": "1"}).context["form"].errors["text"]
    assert desk.post(correct, {"text": "", "send": "1"}).context["form"].errors["text"]
    look = desk.post(correct, {"text": "Päivä oli väärin"})
    assert "Päivä oli väärin" in look.context["previews"][0][1].text
    assert not Correction.objects.exists()
    desk.post(correct, {"text": "Päivä oli väärin", "send": "1"})
    assert Correction.objects.get().text == "Päivä oli väärin"
    empty = desk.post(change, {"outcome": "not_selected", "reason": ""})
    assert empty.context["form"].errors["reason"]
    assert (
        "outcome" in desk.post(change, {"outcome": "reserve", "reason": "x"}).context["form"].errors
    )
    desk.post(change, {"outcome": "not_selected", "reason": "Uusi"})
    challenge.refresh_from_db()
    assert (challenge.status, challenge.told_status) == (Status.NOT_SELECTED, Status.RESERVE)


def test_promoting_on_the_page(desk: Client, agreed: Decided) -> None:
    first, second = agreed("reserve"), agreed("reserve")
    url = reverse("challenge-promote", args=(first.pk,))
    assert url in desk.get(reverse("decision-edit", args=(first.pk,))).content.decode()
    other = desk.get(reverse("decision-edit", args=(second.pk,))).content.decode()
    assert reverse("challenge-promote", args=(second.pk,)) not in other
    assert reverse("decision-edit", args=(first.pk,)) in other
    assert desk.get(url).status_code == 405
    desk.post(url)
    first.refresh_from_db()
    assert first.status == Status.CONFIRMED


# --- Telling ----------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_announce_page_query_count(
    desk: Client,
    call_round: Round,
    submitted: MakeChallenge,
    aside: SetAside,
    django_assert_num_queries: Any,
    count: int,
) -> None:
    for _ in range(count):
        aside(submitted())
    url = announce_url(call_round)
    desk.get(url)
    with django_assert_num_queries(11):
        desk.get(url)


@pytest.mark.parametrize("count", [1, 3])
def test_decision_page_query_count(
    desk: Client, told: Decided, django_assert_num_queries: Any, count: int
) -> None:
    """In reserve it takes the most: it also says which challenge moves up next."""
    challenges = [told("reserve") for _ in range(count)]
    url = reverse("decision-edit", args=(challenges[0].pk,))
    desk.get(url)
    with django_assert_num_queries(12):
        desk.get(url)


def test_deciding_and_telling_eight_takes_few_pages_and_clicks(
    desk: Client,
    call_round: Round,
    submitted: MakeChallenge,
    packet_of: SendPacket,
    staff: User,
) -> None:
    """From the board: the packet, the board again, the letters, and the letters with reasons."""
    pages, clicks = 0, 0
    challenges = [submitted() for _ in range(8)]
    pages, clicks = pages + 2, clicks + 2  # the packet's page; sending it leads to the board
    for outcome, chosen in (
        ("confirmed", challenges[:2]),
        ("reserve", challenges[2:4]),
        ("not_selected", challenges[4:]),
    ):
        for proposal in packet_of(*chosen, suggested=outcome).proposals.all():
            services.answer_proposal(proposal.pk, answer="agree", note="", actor=staff)
    url = announce_url(call_round)
    page = desk.get(url)
    pages, clicks = pages + 1, clicks + 1
    saved = desk.post(url, filled(page, reason="Oma syy") | {"save": "1"}, follow=True)
    pages, clicks = pages + 1, clicks + 1
    assert not saved.context["lacking"]
    desk.post(url, filled(saved) | {"tell": "1"}, follow=True)
    pages, clicks = pages + 1, clicks + 1
    assert Letter.objects.filter(kind__startswith="decision-").count() == 8
    assert pages <= 5
    assert clicks <= 6


def test_what_is_typed_is_shown_before_it_is_sent(
    desk: Client, call_round: Round, submitted: MakeChallenge, aside: SetAside
) -> None:
    challenge = submitted()
    aside(challenge, reason="")
    url = announce_url(call_round)
    page = desk.get(url)
    assert [decision.challenge for decision in page.context["lacking"]] == [challenge]
    told = desk.post(url, filled(page, reason="Erottuva") | {"tell": "1"}, follow=True)
    assert not Letter.objects.exists()
    assert "Erottuva" in told.context["cards"][0].letters[0].letter.rendered.text
    desk.post(url, filled(told) | {"tell": "1"})
    assert "Erottuva" in Letter.objects.get().text
    desk.post(url, filled(told) | {"tell": "1"})
    assert Letter.objects.count() == 1


def test_chosen_by_checkbox(
    desk: Client, call_round: Round, submitted: MakeChallenge, aside: SetAside
) -> None:
    first, second = aside(submitted()), aside(submitted())
    url = announce_url(call_round)
    data = filled(desk.get(url))
    del data[f"d{second.pk}-tell"]
    desk.post(url, data | {"tell": "1"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (bool(first.announced_at), bool(second.announced_at)) == (True, False)
    data = filled(desk.get(url))
    del data[f"d{second.pk}-tell"]
    response = desk.post(url, data | {"tell": "1"}, follow=True)
    assert list(response.context["messages"])
    assert list(response.context["sent"]) == [Letter.objects.get()]


def test_a_letter_is_edited_in_place_and_given_back(
    desk: Client, call_round: Round, submitted: MakeChallenge, aside: SetAside
) -> None:
    decision = aside(submitted())
    url = announce_url(call_round)
    desk.post(url, filled(desk.get(url), text="Oma\r\nteksti") | {"save": "1"})
    assert LetterDraft.objects.get().text == "Oma\nteksti\n"
    page = desk.get(url)
    desk.post(url, filled(page) | {"save": "1"})
    assert LetterDraft.objects.count() == 1
    key = page.context["cards"][0].letters[0].letter.key
    desk.post(url, filled(page) | {"reset": "other"})
    assert LetterDraft.objects.count() == 1
    desk.post(url, filled(page) | {"reset": key})
    assert not LetterDraft.objects.filter(decision=decision).exists()


@pytest.mark.parametrize("bad", ["", *HOSTILE[:2]])
def test_bad_input_is_told_and_kept(
    desk: Client, call_round: Round, submitted: MakeChallenge, aside: SetAside, bad: str
) -> None:
    aside(submitted(), reason="")
    url = announce_url(call_round)
    data = filled(desk.get(url), reason="Uusi syy", text=bad)
    response = desk.post(url, data | {"tell": "1"})
    assert response.status_code == 200
    assert response.context["errors"]
    assert "Uusi syy" in response.content.decode()
    assert not Letter.objects.exists()


def test_phrases_and_refusals_on_the_announcing_page(
    desk: Client, call_round: Round, submitted: MakeChallenge, aside: SetAside
) -> None:
    decision = aside(submitted(), reason="")
    url = announce_url(call_round)
    phrase = phrases_for("not_selected", "fi")[0]
    page = desk.post(url, filled(desk.get(url)) | {"phrase": f"{decision.pk}-1"})
    card = page.context["cards"][0]
    assert card.form["reason"].value() == phrase
    refused = desk.post(url, filled(page) | {"save": "1"})
    assert refused.context["errors"]
    decision.refresh_from_db()
    assert not decision.reason
    for odd in ("x", f"{decision.pk}-99", "\x00"):
        assert desk.post(url, filled(page) | {"phrase": odd}).status_code == 200


def test_changed_meanwhile_is_said(
    desk: Client, call_round: Round, submitted: MakeChallenge, aside: SetAside, coordinator: User
) -> None:
    challenge = submitted()
    aside(challenge)
    url = announce_url(call_round)
    data = filled(desk.get(url))
    services.edit_letter(
        challenge.decisions.get().pk,
        email="contact@example.org",
        subject="Muu",
        text="Muu",
        actor=coordinator,
    )
    desk.post(url, data | {"tell": "1"})
    assert not Letter.objects.exists()


def test_pages_have_no_inline_script_or_style(
    desk: Client, call_round: Round, submitted: MakeChallenge, aside: SetAside, told: Decided
) -> None:
    known, decided, weighed = told("reserve"), submitted(), submitted()
    aside(decided)
    for url in (
        announce_url(call_round),
        reverse("decision-log", args=(call_round.slug,)),
        reverse("challenge-set-aside", args=(weighed.pk,)),
        reverse("decision-edit", args=(decided.pk,)),
        reverse("decision-change", args=(known.pk,)),
        reverse("decision-correct", args=(known.pk,)),
    ):
        response = desk.get(url)
        assert response.status_code == 200
        page = response.content.decode()
        assert "<style" not in page
        assert " style=" not in page
        assert "<script>" not in page
