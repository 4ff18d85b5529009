from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal.outbox.models import Letter
from organisations.models import User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection import services
from rounds.selection.models import Criterion, Packet
from tests.rounds.selection.conftest import MakeChallenge, SendPacket


def aside(challenge: Challenge, actor: User, **given: str) -> None:
    values = {"outcome": "reserve", "reason": "Syy", "internal_note": ""} | given
    services.set_aside(challenge.pk, **values, actor=actor)


@pytest.mark.parametrize(
    ("name", "about_round"),
    [
        ("packet-send", True),
        ("decisions-announce", True),
        ("challenge-set-aside", False),
        ("decision-edit", False),
        ("challenge-promote", False),
    ],
)
def test_only_the_coordinator_decides(
    client: Client,
    request: pytest.FixtureRequest,
    call_round: Round,
    submitted: MakeChallenge,
    name: str,
    about_round: bool,
) -> None:
    challenge = submitted()
    url = reverse(name, args=(call_round.slug if about_round else challenge.pk,))
    assert client.post(url).status_code == 302
    assert "/accounts/" in client.post(url)["Location"]
    expected = {
        "staff": 403,
        "administrator": 403,
        "contact": 404 if about_round else 403,
        "stranger": 404,
    }
    for person, status in expected.items():
        client.force_login(request.getfixturevalue(person))
        assert client.post(url).status_code == status
    challenge.refresh_from_db()
    assert challenge.status == Status.SUBMITTED


# --- The packet -------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_packet_page_query_count(
    client: Client,
    call_round: Round,
    submitted: MakeChallenge,
    coordinator: User,
    staff: User,
    django_assert_num_queries: Any,
    count: int,
) -> None:
    for _ in range(count):
        submitted()
    client.force_login(coordinator)
    url = reverse("packet-send", args=(call_round.slug,))
    client.get(url)
    with django_assert_num_queries(9):
        client.get(url)


def test_sending_the_packet_as_suggested(
    client: Client, call_round: Round, submitted: MakeChallenge, coordinator: User, staff: User
) -> None:
    challenges = [submitted() for _ in range(5)]
    client.force_login(coordinator)
    url = reverse("packet-send", args=(call_round.slug,))
    page = client.get(url)
    assert [reader.email for reader in page.context["readers"]] == [staff.email]
    assert staff.email in page.content.decode()
    form = page.context["form"]
    presets = [form[f"suggested_{each.pk}"].initial for each in challenges]
    assert presets == ["confirmed"] * 2 + ["reserve"] * 2 + ["not_selected"]

    data = {"message": "Katsokaa"}
    for challenge, preset in zip(challenges[:4], presets, strict=False):
        data |= {
            f"include_{challenge.pk}": "on",
            f"suggested_{challenge.pk}": preset,
            f"rationale_{challenge.pk}": "Hyvä",
        }
    data[f"suggested_{challenges[4].pk}"] = "not_selected"
    response = client.post(url, data)

    assert response.status_code == 302
    proposals = Packet.objects.get().proposals.values_list("challenge", "suggested", "rationale")
    assert list(proposals) == [
        (challenge.pk, preset, "Hyvä")
        for challenge, preset in zip(challenges[:4], presets, strict=False)
    ]
    challenges[4].refresh_from_db()
    assert challenges[4].status == Status.SUBMITTED
    assert Letter.objects.filter(kind="packet").count() == 1


def test_a_refused_packet_keeps_what_was_typed(
    client: Client, call_round: Round, submitted: MakeChallenge, coordinator: User, staff: User
) -> None:
    challenges = [submitted() for _ in range(3)]
    client.force_login(coordinator)
    data = {"message": "Pitkä viesti"}
    for challenge in challenges:
        data |= {f"include_{challenge.pk}": "on", f"suggested_{challenge.pk}": "confirmed"}
    response = client.post(reverse("packet-send", args=(call_round.slug,)), data)
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
    assert "Pitkä viesti" in response.content.decode()
    assert not Packet.objects.exists()


# --- Setting aside, reasons, telling ----------------------------------------------------------


def test_setting_aside_on_the_page(
    client: Client, submitted: MakeChallenge, coordinator: User
) -> None:
    challenge = submitted()
    client.force_login(coordinator)
    url = reverse("challenge-set-aside", args=(challenge.pk,))
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": "Syy"}).context["form"].errors["outcome"]
    client.post(url, {"outcome": "reserve", "reason": "Syy", "internal_note": "Huomio"})
    challenge.refresh_from_db()
    assert challenge.status == Status.RESERVE
    assert client.get(url).status_code == 302


def test_writing_the_reason_on_the_page(
    client: Client, call_round: Round, submitted: MakeChallenge, coordinator: User
) -> None:
    challenge = submitted()
    client.force_login(coordinator)
    url = reverse("decision-edit", args=(challenge.pk,))
    assert client.get(url).status_code == 302
    aside(challenge, coordinator, reason="")
    assert client.get(url).status_code == 200
    client.post(url, {"reason": "Hyvä alku", "internal_note": "Huomio"})
    assert challenge.decisions.get().reason == "Hyvä alku"
    services.announce_decisions(call_round.pk, actor=coordinator)
    page = client.get(url).content.decode()
    assert "Hyvä alku" in page
    assert "<textarea" not in page
    client.post(url, {"reason": "Toinen"})
    assert challenge.decisions.get().reason == "Hyvä alku"


@pytest.mark.parametrize("count", [1, 3])
def test_announce_page_query_count(
    client: Client,
    call_round: Round,
    submitted: MakeChallenge,
    coordinator: User,
    django_assert_num_queries: Any,
    count: int,
) -> None:
    for _ in range(count):
        aside(submitted(), coordinator)
    client.force_login(coordinator)
    url = reverse("decisions-announce", args=(call_round.slug,))
    client.get(url)
    with django_assert_num_queries(9):
        client.get(url)


def test_telling_shows_each_letter_first_and_what_was_sent_after(
    client: Client, call_round: Round, submitted: MakeChallenge, coordinator: User, contact: User
) -> None:
    challenge = submitted()
    aside(challenge, coordinator, reason="Erottuva perustelu")
    client.force_login(coordinator)
    url = reverse("decisions-announce", args=(call_round.slug,))
    before = client.get(url).content.decode()
    assert "Erottuva perustelu" in before
    assert contact.email in before
    assert not Letter.objects.exists()

    after = client.post(url, follow=True)

    assert Letter.objects.get().recipient == contact.email
    assert [letter.recipient for letter in after.context["sent"]] == [contact.email]
    assert not after.context["decisions"]
    client.post(url)
    assert Letter.objects.count() == 1


def test_a_missing_reason_is_named_and_stops(
    client: Client, call_round: Round, submitted: MakeChallenge, coordinator: User
) -> None:
    challenge = submitted()
    aside(challenge, coordinator, reason="")
    client.force_login(coordinator)
    url = reverse("decisions-announce", args=(call_round.slug,))
    page = client.get(url)
    assert [decision.challenge_id for decision in page.context["lacking"]] == [challenge.pk]
    response = client.post(url, follow=True)
    assert challenge.reference in str(next(iter(response.context["messages"])))
    assert not Letter.objects.exists()


def test_promoting_on_the_page(client: Client, submitted: MakeChallenge, coordinator: User) -> None:
    challenge = submitted()
    aside(challenge, coordinator)
    client.force_login(coordinator)
    page = client.get(reverse("decision-edit", args=(challenge.pk,)))
    url = reverse("challenge-promote", args=(challenge.pk,))
    assert url in page.content.decode()
    assert client.get(url).status_code == 405
    client.post(url)
    challenge.refresh_from_db()
    assert challenge.status == Status.CONFIRMED


def test_pages_have_no_inline_script_or_style(
    client: Client,
    call_round: Round,
    criteria: list[Criterion],
    submitted: MakeChallenge,
    packet_of: SendPacket,
    coordinator: User,
    staff: User,
) -> None:
    decided, weighed = submitted(), submitted()
    aside(decided, coordinator)
    client.force_login(coordinator)
    for url in (
        reverse("round-selection", args=(call_round.slug,)),
        reverse("packet-send", args=(call_round.slug,)),
        reverse("decisions-announce", args=(call_round.slug,)),
        reverse("challenge-assess", args=(weighed.pk,)),
        reverse("challenge-set-aside", args=(weighed.pk,)),
        reverse("decision-edit", args=(decided.pk,)),
    ):
        page = client.get(url).content.decode()
        assert "<style" not in page
        assert " style=" not in page
        assert "<script>" not in page
