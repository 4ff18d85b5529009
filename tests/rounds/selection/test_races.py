"""People who decide at the same moment."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, transaction

from dev.confirm_race import confirm_race
from organisations.models import User
from rounds.challenges.transitions import lock_challenge
from rounds.planning.models import Round
from rounds.selection import services
from rounds.selection.models import Decision
from tests.rounds.selection.conftest import MakeChallenge

PATIENCE_SECONDS = 10


@pytest.mark.django_db(transaction=True)
def test_ten_people_confirm_the_last_place_at_once(call_round: Round) -> None:
    figures = confirm_race(10, call_round)
    assert figures == {
        "pressed": 10,
        "confirmed": 1,
        "refused": 9,
        "places": 2,
        "places_taken": 2,
        "still_waiting": 9,
        "decisions": 2,
        "told_too_early": 0,
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("reference_data")
def test_a_reason_is_written_while_the_decisions_are_told(
    submitted: MakeChallenge, call_round: Round, coordinator: User
) -> None:
    """Both want the challenge and its decision: taken in two orders they would wait for ever."""
    challenge = submitted()
    services.set_aside(
        challenge.pk, outcome="not_selected", reason="Syy", internal_note="", actor=coordinator
    )
    told: list[int] = []

    def tell() -> None:
        try:
            told.append(services.announce_decisions(call_round.pk, actor=coordinator))
        finally:
            connection.close()

    telling = threading.Thread(target=tell)
    with transaction.atomic():
        lock_challenge(challenge.pk)
        telling.start()
        _wait_until_somebody_waits_for_us()
        Decision.objects.filter(challenge=challenge).update(reason="Parempi syy")
    telling.join()
    assert told == [1]
    decision = Decision.objects.get(challenge=challenge)
    assert decision.reason == "Parempi syy"
    assert decision.announced_at is not None


def _wait_until_somebody_waits_for_us() -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM pg_locks"
                " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone():
                return
        time.sleep(0.05)
    pytest.fail("nobody came to wait for the challenge")
