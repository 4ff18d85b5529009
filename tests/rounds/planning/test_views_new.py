from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from organisations.models import Membership, Partnership, User
from rounds.call.questions.models import OwnQuestion
from rounds.planning.models import Round
from tests.rounds.planning.conftest import BEFORE, KICKOFF, MakeRound

ANSWERS = {"number": "2", "year": "2027", "form": "day", "kickoff_on": "2027-01-25"}


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def signed_in(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def test_three_answers_open_a_round(signed_in: Client, planned_round: Round) -> None:
    with clock.playing_at(BEFORE):
        first = signed_in.get(reverse("round-new"))
        assert first.context["form"].initial == {
            "year": 2027,
            "number": 2,
            "form": "day",
            "source": planned_round.pk,
        }
        response = signed_in.post(reverse("round-new"), ANSWERS, follow=True)
    assert response.redirect_chain == [(reverse("round", args=("minno-2-2027",)), 302)]
    page = text(response)
    assert "ke 23.12.2026 klo 16.00" in page
    assert "11.3.2027" in page
    assert Round.objects.get(number=2).copied_from is None


def test_a_copy_from_the_same_page(signed_in: Client, planned_round: Round) -> None:
    with clock.playing_at(BEFORE):
        signed_in.post(reverse("round-new"), ANSWERS | {"source": str(planned_round.pk)})
    assert Round.objects.get(number=2).copied_from == planned_round


def test_what_comes_along_is_said(signed_in: Client, planned_round: Round) -> None:
    Round.objects.update(intro_fi="Etsimme", intro_sv="Vi söker", field_rules={"tried": "hidden"})
    OwnQuestion.objects.create(
        round=planned_round, section="challenge", kind="short_text", label="Omat", position=1
    )
    luggage = signed_in.get(reverse("round-new")).context["luggage"]
    assert luggage.source == planned_round
    assert (luggage.own_questions, luggage.changed_fields, luggage.criteria) == (1, 1, 5)
    assert luggage.languages == ("suomi", "ruotsi")
    without = signed_in.post(reverse("round-new"), ANSWERS | {"preview": "1", "source": ""})
    assert without.context["luggage"] is None


@pytest.mark.parametrize("source", ["999999", "x", "\x00", "-1", "1" * 60])
def test_a_source_that_is_none_of_mine(
    signed_in: Client, planned_round: Round, source: str
) -> None:
    for extra in ({}, {"preview": "1"}):
        page = signed_in.post(reverse("round-new"), ANSWERS | {"source": source} | extra)
        assert "source" in page.context["form"].errors
    assert Round.objects.count() == 1


def test_another_partnerships_round_cannot_be_copied(
    client: Client, planned_round: Round, other_coordinator: User
) -> None:
    client.force_login(other_coordinator)
    assert "source" not in client.get(reverse("round-new")).context["form"].fields
    sent = ANSWERS | {"source": str(planned_round.pk)}
    client.post(reverse("round-new"), sent)
    made = Round.objects.exclude(pk=planned_round.pk).get()
    assert made.copied_from is None


def test_looking_at_the_calendar_creates_nothing(signed_in: Client) -> None:
    response = signed_in.post(reverse("round-new"), ANSWERS | {"preview": "1"})
    rows = response.context["rows"]
    assert rows[0].field == "call_opens_at"
    assert [row.notes for row in rows if row.field == "packet_on"] != [()]
    assert "11.3.2027" in text(response)
    assert not Round.objects.exists()


def test_the_calendar_comes_as_one_answers(signed_in: Client, planned_round: Round) -> None:
    htmx = {"HX-Request": "true"}
    url = reverse("round-new")
    sent = ANSWERS | {"preview": "1"}
    part = signed_in.post(url, sent, headers=htmx)
    assert "<html" not in part.content.decode()
    assert "11.3.2027" in text(part)
    # The number is not there yet, and the calendar does not need it.
    assert signed_in.post(url, sent | {"number": ""}, headers=htmx).context["rows"]
    for kickoff in ("", "2027-01-30", "9999-12-31"):
        page = signed_in.post(url, sent | {"kickoff_on": kickoff}, headers=htmx)
        assert "rows" not in page.context
        assert page.context["form"].errors["kickoff_on"]
    assert Round.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "0"),
        ("number", "9" * 400),
        ("number", "\x00"),
        ("year", "1"),
        ("year", ""),
        ("form", "night"),
        ("kickoff_on", "2027-01-30"),
        ("kickoff_on", "0001-01-01"),
        ("kickoff_on", "9999-12-31"),
        ("kickoff_on", "kohta"),
        ("kickoff_on", "\x00"),
    ],
)
def test_wrong_answers_are_named(signed_in: Client, field: str, value: str) -> None:
    for extra in ({}, {"preview": "1"}):
        response = signed_in.post(reverse("round-new"), ANSWERS | {field: value} | extra)
        assert response.status_code == 200
        assert field in response.context["form"].errors
    assert not Round.objects.exists()


def test_a_taken_code_is_named_at_the_number(signed_in: Client, planned_round: Round) -> None:
    for extra in ({}, {"preview": "1"}):
        response = signed_in.post(reverse("round-new"), ANSWERS | {"number": "1"} | extra)
        assert "1/2027" in response.context["form"].errors["number"][0]


def test_a_kickoff_far_from_the_code_is_refused(signed_in: Client) -> None:
    response = signed_in.post(reverse("round-new"), ANSWERS | {"year": "2030"})
    assert response.context["form"].non_field_errors()


def test_a_foreign_partnership_cannot_be_named(signed_in: Client, other_coordinator: User) -> None:
    foreign = Partnership.objects.get(prefix="TOINEN")
    signed_in.post(reverse("round-new"), ANSWERS | {"partnership": str(foreign.pk)})
    assert Round.objects.get().partnership.prefix == "MINNO"


def test_who_coordinates_two_partnerships_chooses(
    signed_in: Client, planned_round: Round, coordinator: User, other_coordinator: User
) -> None:
    second = Partnership.objects.get(prefix="TOINEN")
    Membership.objects.create(user=coordinator, organisation=second.coordinator, role="coordinator")
    sent = ANSWERS | {
        "number": "1",
        "partnership": str(second.pk),
        "source": str(planned_round.pk),
    }
    signed_in.post(reverse("round-new"), sent)
    made = Round.objects.get(partnership=second)
    assert (made.code, made.copied_from) == ("1/2027", planned_round)


def test_without_a_partnership_nothing_is_asked(client: Client, coordinator: User) -> None:
    Partnership.objects.all().delete()
    client.force_login(coordinator)
    assert not client.get(reverse("round-new")).context["form"].has_partnership


def test_the_next_free_number_is_suggested(signed_in: Client, make_round: MakeRound) -> None:
    for number in (1, 2, 4):
        make_round(number)
    with clock.playing_at(BEFORE):
        initial = signed_in.get(reverse("round-new")).context["form"].initial
    assert (initial["number"], initial["year"]) == (3, 2027)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_seven_times(
    signed_in: Client, make_round: MakeRound, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(1, rows + 1):
        make_round(number, kickoff_on=KICKOFF)
    with django_assert_num_queries(7):
        signed_in.get(reverse("round-new"))
