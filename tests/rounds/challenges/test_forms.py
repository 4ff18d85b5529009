"""Odd input gets an error at its field, never a server's error."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from organisations.models import User
from rounds.call.questions.standard import SECTIONS, Section
from rounds.challenges.fields import CompleteByField, shown_phone
from rounds.challenges.models import Challenge
from rounds.challenges.section_forms import section_form
from rounds.models import SpecificObjective

ODD = (
    "\x00",
    "a\x00b",
    "=1+1",
    "<script>alert(1)</script>",
    "\u202eoikealta vasemmalle",
    "9" * 400,
    "-1",
    "1e999",
    "NaN",
    "Infinity",
    "' OR 1=1 --",
    "\ud7ff\U0010ffff",
    "../../etc/passwd",
    "x" * 10_000,
)


def test_time_to_complete_ends_on_a_working_day() -> None:
    # A week from a Sunday, and from the Friday before Good Friday.
    for now, day in (((2026, 11, 22), (2026, 11, 30)), ((2027, 3, 19), (2027, 3, 30))):
        with time_machine.travel(clock.helsinki(dt.date(*now), 12), tick=False):
            assert CompleteByField().initial() == dt.date(*day)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.key)
def test_no_odd_value_breaks_a_section(
    client: Client, draft: Challenge, contact: User, section: Section, odd: str
) -> None:
    client.force_login(contact)
    url = reverse("challenge-edit", args=[draft.pk, section.key])
    data = dict.fromkeys(section.fields, odd) | {"version": odd, "go": odd}
    response = client.post(url, data)
    assert response.status_code in (200, 302)
    if response.status_code == 200:
        assert response.context["form"].errors
        assert "<script>alert" not in response.content.decode()


def test_every_question_has_a_field_in_its_form(draft: Challenge) -> None:
    for section in SECTIONS:
        assert set(section.fields) <= set(section_form(draft, section.key).fields)


def bound(section: str, challenge: Challenge, **data: Any) -> Any:
    return section_form(challenge, section, data)


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("040 1234567", "+358401234567", "040 1234567"),
        ("0401234567", "+358401234567", "040 1234567"),
        ("+358 40 123 4567", "+358401234567", "040 1234567"),
        ("+46 8 123 456 78", "+46812345678", "+46 8 123 456 78"),
        ("", "", ""),
    ],
)
def test_telephone_numbers(draft: Challenge, typed: str, kept: str, shown: str) -> None:
    form = bound("contact", draft, contact_phone=typed)
    assert form.is_valid(), form.errors
    assert form.values["contact_phone"] == kept
    assert shown_phone(kept) == shown


@pytest.mark.parametrize("typed", ["soita", "12", "040 1234567 alanumero 9", "0" * 29])
def test_what_is_no_telephone_number(draft: Challenge, typed: str) -> None:
    assert bound("contact", draft, contact_phone=typed).errors.keys() == {"contact_phone"}


def test_a_stored_number_is_shown_as_written_in_finland(draft: Challenge) -> None:
    draft.contact_phone = "+358401234567"
    assert 'value="040 1234567"' in str(section_form(draft, "contact")["contact_phone"])


@pytest.mark.parametrize(("typed", "ok"), [("2", True), ("2,5", True), ("41", False), ("x", False)])
def test_hours(draft: Challenge, typed: str, ok: bool) -> None:
    assert ("support_hours" not in bound("team", draft, support_hours=typed).errors) is ok


class TestFunding:
    def test_an_objective_belongs_to_its_fund(self, draft: Challenge) -> None:
        objective = SpecificObjective.objects.filter(fund="esr-plus").first()
        assert objective is not None
        data = {"funding_thought": "fund", "fund": "eakr", "objective": objective.pk}
        assert bound("funding", draft, **data).errors.keys() == {"objective"}

    def test_an_objective_alone_brings_its_fund(self, draft: Challenge) -> None:
        objective = SpecificObjective.objects.filter(fund="esr-plus").first()
        assert objective is not None
        form = bound("funding", draft, funding_thought="fund", objective=objective.pk)
        assert form.is_valid()
        assert form.values["fund"] == objective.fund

    def test_no_fund_without_the_thought(self, draft: Challenge) -> None:
        form = bound("funding", draft, funding_thought="not_yet", fund="eakr")
        assert form.is_valid()
        assert form.values["fund"] is None

    def test_only_what_is_valid_now(self, draft: Challenge) -> None:
        objective = SpecificObjective.objects.filter(fund="esr-plus").first()
        assert objective is not None
        SpecificObjective.objects.filter(pk=objective.pk).update(valid_until="2020-01-01")
        data = {"funding_thought": "fund", "fund": "esr-plus", "objective": objective.pk}
        assert bound("funding", draft, **data).errors.keys() == {"objective"}
