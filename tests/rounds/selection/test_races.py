import pytest

from dev.confirm_race import confirm_race
from rounds.planning.models import Round


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
