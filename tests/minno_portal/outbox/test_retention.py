from __future__ import annotations

import datetime as dt

import pytest

from minno_portal import clock
from minno_portal.outbox.enums import State
from minno_portal.outbox.models import Letter
from minno_portal.outbox.retention import FINAL, empty_old_letters
from tests.minno_portal.outbox.conftest import MakeLetter


@pytest.mark.parametrize("state", State.values)
def test_texts_go_after_a_year_and_facts_stay(make_letter: MakeLetter, state: str) -> None:
    letter = make_letter()
    moment = clock.now()
    Letter.objects.update(state=state, claimed_at=moment, sent_at=moment, bounced_at=moment)
    assert empty_old_letters() == 0
    with clock.playing_at(clock.now() + dt.timedelta(days=366)):
        assert empty_old_letters() == (1 if state in FINAL else 0)
        assert empty_old_letters() == 0
    letter.refresh_from_db()
    assert bool(letter.text or letter.html) is (state not in FINAL)
    assert letter.subject
    assert letter.recipient == "aino@example.org"
