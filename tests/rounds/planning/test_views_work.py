from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from organisations.membership.enums import Role
from organisations.models import User
from rounds.planning.models import Round, WorkLog
from tests.conftest import person


@pytest.fixture
def url(planned_round: Round) -> str:
    return reverse("round-work", args=(planned_round.slug,))


def entry(**changes: str) -> dict[str, str]:
    return {
        "phase": "form",
        "days": "0,5",
        "done_on": clock.today().isoformat(),
        "note": "x",
    } | changes


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("days", ["0,5", "0.5", ".5", " 0,50 "])
def test_comma_and_point_are_the_same(
    client: Client, coordinator: User, url: str, days: str, language: str
) -> None:
    client.force_login(coordinator)
    prefix = "" if language == "fi" else f"/{language}"
    response = client.post(prefix + url, entry(days=days))
    assert response.status_code == 302
    assert WorkLog.objects.get().days == Decimal("0.5")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("days", "0"),
        ("days", "-1"),
        ("days", "21"),
        ("days", "0,555"),
        ("days", "NaN"),
        ("days", "1e99999999"),
        ("days", "puoli"),
        ("days", "\x00"),
        ("phase", "lunch"),
        ("done_on", "2999-01-01"),
        ("done_on", "0001-01-01"),
        ("note", "a\x00b"),
        ("note", "x" * 201),
    ],
)
def test_wrong_entries_are_named(
    client: Client, coordinator: User, url: str, field: str, value: str
) -> None:
    client.force_login(coordinator)
    response = client.post(url, entry(**{field: value}))
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {field}
    assert not WorkLog.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_six_times(
    client: Client,
    coordinator: User,
    planned_round: Round,
    url: str,
    rows: int,
    django_assert_num_queries: Any,
) -> None:
    phase = planned_round.phases.get(key="form")
    for _ in range(rows):
        WorkLog.objects.create(phase=phase, user=coordinator, done_on=clock.today(), days="0.25")
    client.force_login(coordinator)
    with django_assert_num_queries(6):
        response = client.get(url)
    assert len(response.context["entries"]) == rows
    assert response.context["logged_days"] == Decimal("0.25") * rows
    assert response.context["estimated_days"] == Decimal("9.0")


def test_removing_ones_own_entry(
    client: Client, coordinator: User, planned_round: Round, url: str
) -> None:
    client.force_login(coordinator)
    client.post(url, entry())
    delete = reverse("round-work-delete", args=(planned_round.slug, WorkLog.objects.get().pk))
    assert delete in client.get(url).content.decode()
    assert client.get(delete).status_code == 405
    assert client.post(delete).status_code == 302
    assert not WorkLog.objects.exists()
    assert client.post(delete).status_code == 404


def test_a_colleagues_entry_stays(
    client: Client, coordinator: User, planned_round: Round, url: str
) -> None:
    other = person("toinen-koordinaattori", planned_round.partnership.coordinator, Role.COORDINATOR)
    client.force_login(coordinator)
    client.post(url, entry())
    delete = reverse("round-work-delete", args=(planned_round.slug, WorkLog.objects.get().pk))
    client.force_login(other)
    assert delete not in client.get(url).content.decode()
    client.post(delete)
    assert WorkLog.objects.exists()


def test_staff_and_administrator_remove_nothing(
    client: Client, coordinator: User, staff: User, administrator: User, planned_round: Round
) -> None:
    log = WorkLog.objects.create(
        phase=planned_round.phases.get(key="form"), user=staff, done_on=clock.today(), days=1
    )
    for who in (staff, administrator):
        client.force_login(who)
        delete = reverse("round-work-delete", args=(planned_round.slug, log.pk))
        assert client.post(delete).status_code == 403
    assert WorkLog.objects.exists()
