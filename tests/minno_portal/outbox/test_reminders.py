from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minno_portal.outbox import reminders
from minno_portal.outbox.models import Letter
from minno_portal.outbox.reminders import latest_due, queue_due_reminders, reminder
from rounds.tasks import queue_reminders
from tests.minno_portal.outbox.conftest import MakeLetter

HOUR = dt.timedelta(hours=1)
DEADLINE = dt.datetime(2027, 2, 15, 14, 0, tzinfo=dt.UTC)
RULES = {"week": dt.timedelta(days=7), "day": dt.timedelta(days=1)}


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminders, "_scans", {})


@pytest.mark.parametrize(
    ("before", "rule"),
    [
        (dt.timedelta(days=8), None),
        (dt.timedelta(days=7, seconds=1), None),
        (dt.timedelta(days=7), "week"),
        (dt.timedelta(days=1, seconds=1), "week"),
        (dt.timedelta(days=1), "day"),
        (dt.timedelta(seconds=1), "day"),
        (dt.timedelta(0), None),
        (-HOUR, None),
    ],
)
def test_the_newest_rule_whose_moment_has_passed(before: dt.timedelta, rule: str | None) -> None:
    assert latest_due(RULES, DEADLINE, DEADLINE - before) == rule
    assert latest_due(dict(reversed(RULES.items())), DEADLINE, DEADLINE - before) == rule


def test_no_rules_remind_of_nothing() -> None:
    assert latest_due({}, DEADLINE, DEADLINE - HOUR) is None


outages = st.lists(
    st.tuples(st.integers(0, 24 * 21), st.integers(1, 24 * 5)), min_size=0, max_size=8
)
rule_sets = st.lists(st.integers(1, 24 * 14), min_size=1, max_size=4, unique=True)


@given(outages=outages, hours=rule_sets, start=st.integers(0, 59))
def test_outages_lose_nothing_and_repeat_nothing(
    outages: list[tuple[int, int]], hours: list[int], start: int
) -> None:
    """Three weeks at one-hour steps; in outages nobody scans."""
    rules = {f"{h} h": h * HOUR for h in hours}
    beginning = DEADLINE - 24 * 20 * HOUR + dt.timedelta(minutes=start)
    down = {step for first, length in outages for step in range(first, first + length)}
    scans = [beginning + step * HOUR for step in range(24 * 21) if step not in down]

    sent: dict[str, dt.datetime] = {}
    for moment in scans:
        rule = latest_due(rules, DEADLINE, moment)
        if rule and rule not in sent:  # the outbox's unique key
            sent[rule] = moment

    assert all(DEADLINE - rules[rule] <= moment < DEADLINE for rule, moment in sent.items())
    order = sorted(sent, key=lambda rule: sent[rule])
    assert all(rules[earlier] > rules[later] for earlier, later in pairwise(order))
    # Each rule's window ends where the next one's begins: a scan inside it finds the rule.
    moments = sorted((DEADLINE - before, rule) for rule, before in rules.items())
    ends = [moment for moment, _ in moments[1:]] + [DEADLINE]
    for (opens, rule), closes in zip(moments, ends, strict=True):
        inside = [moment for moment in scans if opens <= moment < closes]
        assert sent.get(rule) == (inside[0] if inside else None)


@pytest.mark.django_db(transaction=True)
def test_one_failing_scan_stops_no_other(
    make_letter: MakeLetter, caplog: pytest.LogCaptureFixture
) -> None:
    @reminder("breaks")
    def breaks() -> int:
        make_letter(key="undone")
        raise RuntimeError("scan broke")

    @reminder("works")
    def works() -> int:
        make_letter(key="done")
        return 1

    assert queue_due_reminders() == {"works": 1}
    assert list(Letter.objects.values_list("key", flat=True)) == ["done"]
    assert "the reminder breaks failed" in caplog.text


def test_the_task_runs_every_scan(transactional_db: None) -> None:
    runs: Iterator[int] = iter(range(5))
    reminder("one")(lambda: next(runs))
    reminder("two")(lambda: next(runs))
    queue_reminders()
    assert next(runs) == 2


def test_two_scans_cannot_share_a_name() -> None:
    reminder("same")(lambda: 0)
    with pytest.raises(ValueError, match="same"):
        reminder("same")(lambda: 1)
