from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from minno_portal import clock
from minno_portal.outbox.enums import State
from minno_portal.outbox.models import Letter
from organisations.models import User
from rounds.planning.models import Round

WriteLetter = Callable[..., Letter]


@pytest.fixture
def write(call_round: Round) -> WriteLetter:
    """Write a letter of the round's, in any state."""
    made: list[Letter] = []

    def make(state: str = State.SENT, **fields: Any) -> Letter:
        number, moment = len(made) + 1, clock.now()
        values = {
            "key": f"letter:{number}",
            "kind": "receipt",
            "recipient": f"reader{number}@example.org",
            "language": "fi",
            "subject": f"Kirje {number}",
            "text": "Haaste on <b>saapunut</b>.\n",
            "html": "<p>Haaste</p>",
            "thread": call_round.slug,
            "house": call_round.partnership_id,
            "message_id": f"<{number}@example.org>",
            "state": state,
            "sent_at": moment if state in (State.SENT, State.BOUNCED) else None,
            "claimed_at": moment if state == State.SENDING else None,
            "bounced_at": moment if state == State.BOUNCED else None,
        }
        made.append(Letter.objects.create(**values | fields))
        return made[-1]

    return make


@pytest.fixture
def signed_in(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client
