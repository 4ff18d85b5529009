"""Waiting for a challenge that somebody moves to another association meanwhile."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connection, transaction

from organisations.models import Organisation
from rounds.challenges.models import Challenge
from rounds.challenges.transitions import lock_challenge
from rounds.models import Round


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("reference_data")
def test_a_challenge_that_is_merged_meanwhile_is_found(
    call_round: Round, association: Organisation, other_association: Organisation
) -> None:
    challenge = Challenge.objects.create(round=call_round, organisation=association)
    found: list[int] = []

    def wait() -> None:
        try:
            with transaction.atomic():
                found.append(lock_challenge(challenge.pk).organisation_id)
        finally:
            connection.close()

    waiting = threading.Thread(target=wait)
    with transaction.atomic():
        Challenge.objects.filter(pk=challenge.pk).update(organisation=other_association)
        waiting.start()
        time.sleep(0.5)
    waiting.join()
    assert found == [other_association.pk]
