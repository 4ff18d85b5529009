"""Plays the sample year through the services, relative to today so that it never goes stale."""

from __future__ import annotations

import datetime as dt

from demo import finished, history, newcomers, selection, under_way
from demo.crew import assemble
from demo.sample_data import load
from minno_portal import clock

# Some months before the oldest round's call.
BEGINNING = clock.helsinki(dt.date(2022, 6, 1), 10)


def play() -> None:
    """Make the whole sample year in an empty database."""
    crew = assemble(BEGINNING)
    history.play(crew, load("round_4_2022"))
    finished.play(crew, load("finished"))
    selection.play(crew, load("selection"))
    under_way.play(crew, load("open"))
    newcomers.play(load("newcomers"))
