"""Random people try random things, one after another and at the same moment; what must hold, holds.

MACHINE_EXAMPLES and PARALLEL_EXAMPLES say how many sequences are tried.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.rounds.selection.play import Action, Play, actions

ALONE = int(os.environ.get("MACHINE_EXAMPLES", "12"))
TOGETHER = int(os.environ.get("PARALLEL_EXAMPLES", "10"))
STEPS = 16
LANES, LANE_STEPS = 3, 6

quiet = settings(
    deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.django_db
@settings(quiet, max_examples=ALONE)
@given(tried=st.lists(actions(), min_size=STEPS // 2, max_size=STEPS))
def test_the_selection_holds_step_by_step(tried: list[Action]) -> None:
    with transaction.atomic():
        play = Play()
        for action in tried:
            play.take(action)
            play.check()
        play.check_history()
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("reference_data")
def test_the_selection_holds_when_people_act_at_the_same_moment() -> None:
    played = 0

    # Nothing is shrunk: another run would meet other moments.
    @settings(quiet, max_examples=TOGETHER, phases=(Phase.explicit, Phase.generate))
    @given(
        lanes=st.lists(
            st.lists(actions(), min_size=2, max_size=LANE_STEPS), min_size=LANES, max_size=LANES
        )
    )
    def play_together(lanes: list[list[Action]]) -> None:
        nonlocal played
        play = Play()
        play.propose(0, chosen=[(0, "confirmed"), (1, "confirmed"), (2, "reserve")])
        _act_together(play, lanes)
        play.check()
        play.check_history()
        played += 1

    play_together()
    print(f"{played} sequences at the same moment")
    assert played >= TOGETHER


def _act_together(play: Play, lanes: Sequence[Sequence[Action]]) -> None:
    """Let each lane act in transactions of its own, all beginning at the same moment."""
    barrier = Barrier(len(lanes))

    def act(lane: Sequence[Action]) -> None:
        try:
            barrier.wait()
            for action in lane:
                play.take(action)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(lanes)) as threads:
        for done in [threads.submit(act, lane) for lane in lanes]:
            done.result()


def test_every_action_is_tried() -> None:
    """An action that the strategy forgot would prove nothing."""
    around = {"take", "check", "check_history", "proposals", "decisions"}
    tried = {name for name in vars(Play) if not name.startswith("_")} - around
    offered = set()

    @settings(quiet, max_examples=400)
    @given(action=actions())
    def collect(action: Action) -> None:
        offered.add(action.name)

    collect()
    assert tried == offered
