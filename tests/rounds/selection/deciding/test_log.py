"""What the decision log, the report and a challenge's history tell of decisions."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organisations.models import User
from rounds.challenges.enums import Status
from rounds.planning.models import Round
from rounds.reports.figures import gather
from rounds.selection import services
from rounds.selection.deciding.log import log_of
from tests.rounds.selection.conftest import MakeChallenge
from tests.rounds.selection.deciding.conftest import Decided, SetAside


def test_the_log_tells_everything_in_order(
    told: Decided, agreed: Decided, call_round: Round, coordinator: User, contact: User
) -> None:
    challenge = told("reserve")
    services.promote_reserve(challenge.pk, actor=coordinator)
    services.reopen_decision(challenge.pk, actor=coordinator)
    services.promote_reserve(challenge.pk, actor=coordinator)
    services.announce_decisions(call_round.pk, actor=coordinator)
    services.send_correction(challenge.pk, text="Oikaisu", actor=coordinator)
    services.confirm_participation(challenge.pk, actor=contact)
    entries = log_of(call_round)
    # An answer and the decision made with it come in the same moment.
    assert [each.kind for each in entries if each.kind != "answer"] == [
        "packet",
        "proposal",
        "decision",
        "told",
        "decision",
        "taken_back",
        "stands_again",
        "decision",
        "told",
        "correction",
        "participation",
    ]
    assert {each.who for each in entries if each.kind == "told"} == {str(coordinator)}
    assert entries[-1].who == str(contact)
    assert entries == sorted(entries, key=lambda each: each.at)


def test_the_report_tells_the_log_without_notes(
    submitted: MakeChallenge, aside: SetAside, call_round: Round, coordinator: User
) -> None:
    aside(submitted(), internal_note="SALAINEN")
    services.announce_decisions(call_round.pk, actor=coordinator)
    figures = gather(call_round)
    assert len(figures.log) == 2
    assert "SALAINEN" not in repr(figures)


@pytest.mark.parametrize("count", [1, 3])
def test_log_page_query_count(
    client: Client,
    told: Decided,
    staff: User,
    call_round: Round,
    django_assert_num_queries: Any,
    count: int,
) -> None:
    for _ in range(count):
        told("reserve")
    client.force_login(staff)
    url = reverse("decision-log", args=(call_round.slug,))
    client.get(url)
    with django_assert_num_queries(12):
        client.get(url)


@pytest.mark.parametrize(
    ("who", "status"),
    [("coordinator", 200), ("staff", 200), ("administrator", 200), ("contact", 404)],
)
def test_who_reads_the_log(
    client: Client, call_round: Round, request: pytest.FixtureRequest, who: str, status: int
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("decision-log", args=(call_round.slug,))).status_code == status


def test_history_lines(client: Client, told: Decided, contact: User, coordinator: User) -> None:
    challenge = told()
    services.send_correction(challenge.pk, text="OIKAISU", actor=coordinator)
    services.confirm_participation(challenge.pk, actor=contact)
    services.wish_feedback(challenge.pk, question="KYSYMYS", actor=contact)
    services.answer_wish(challenge.pk, answer="VASTAUS", actor=coordinator)
    for person in (contact, coordinator):
        client.force_login(person)
        page = client.get(reverse("challenge-history", args=(challenge.pk,))).content.decode()
        for text in ("OIKAISU", "KYSYMYS", "VASTAUS"):
            assert text in page
    assert challenge.status == Status.CONFIRMED
