from __future__ import annotations

from collections.abc import Iterator

import pytest

from minno_portal.outbox import reminders
from minno_portal.outbox.models import Letter
from minno_portal.outbox.reminders import queue_due_reminders, reminder
from rounds.tasks import queue_reminders
from tests.minno_portal.outbox.conftest import MakeLetter


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminders, "_scans", {})


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
