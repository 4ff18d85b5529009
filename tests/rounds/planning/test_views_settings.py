from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from organisations.models import User
from rounds.planning.models import Round
from rounds.planning.phases import PHASES


def typed(**changes: str) -> dict[str, str]:
    estimates = {
        phase.key.value: "" if phase.estimated_days is None else str(phase.estimated_days)
        for phase in PHASES
    }
    return {"capacity": "4", **estimates, **changes}


@pytest.fixture
def signed_in(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


@pytest.fixture
def url(planned_round: Round) -> str:
    return reverse("round-settings", args=(planned_round.slug,))


def test_places_and_estimates(signed_in: Client, planned_round: Round, url: str) -> None:
    page = signed_in.get(url)
    assert page.context["form"].initial == {"capacity": 4}
    response = signed_in.post(url, typed(capacity="3", shaping="0,5", continuing="2"))
    assert response.status_code == 302
    planned_round.refresh_from_db()
    assert planned_round.capacity == 3
    estimates = dict(planned_round.phases.values_list("key", "estimated_days"))
    assert (estimates["shaping"], estimates["continuing"]) == (Decimal("0.5"), Decimal("2.0"))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("capacity", "5"),
        ("capacity", "x"),
        ("capacity", ""),
        ("form", "-1"),
        ("form", "31"),
        ("form", "NaN"),
        ("form", "9" * 500),
        ("form", "\x00"),
        ("form", "puoli"),
    ],
)
def test_wrong_settings_are_named(
    signed_in: Client, planned_round: Round, url: str, field: str, value: str
) -> None:
    page = signed_in.post(url, typed(**{field: value}))
    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert planned_round.phases.get(key="form").estimated_days == Decimal("0.5")


def test_when_decisions_are_told_only_the_estimates_change(
    signed_in: Client, planned_round: Round, url: str
) -> None:
    Round.objects.update(announced_at=clock.now())
    signed_in.post(url, typed(capacity="2", form="1"))
    planned_round.refresh_from_db()
    assert planned_round.capacity == 4
    assert planned_round.phases.get(key="form").estimated_days == Decimal("1.0")


def test_in_the_archive_nothing_changes(signed_in: Client, planned_round: Round, url: str) -> None:
    Round.objects.update(archived_at=clock.now())
    page = signed_in.post(url, typed(form="1"))
    assert page.context["form"].non_field_errors()
