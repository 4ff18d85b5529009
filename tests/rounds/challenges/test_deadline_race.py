"""Thirty associations press "submit" around the very moment when the call closes."""

from __future__ import annotations

import pytest

from dev.deadline_race import submit_race
from rounds.challenges.models import Challenge
from rounds.models import Round

COUNT = 30


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("reference_data")
def test_nobody_is_lost_or_doubled_at_the_deadline(call_round: Round) -> None:
    figures = submit_race(COUNT, call_round)

    assert figures["pressed"] == COUNT
    assert figures["lost"] == 0
    assert figures["told_otherwise"] == 0
    assert figures["gaps_or_repeats"] == 0
    assert figures["submitted"] + figures["kept_as_draft"] == COUNT
    assert 0 < figures["submitted"] < COUNT, "the race must have both sides"
    same = ("references", "versions", "receipts", "last_reference")
    assert {figures[name] for name in same} == {figures["submitted"]}
    late = Challenge.objects.filter(status="draft")
    assert all(draft.title and not draft.reference for draft in late)
