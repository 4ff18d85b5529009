"""A real Celery worker in another process, a real queue, a real SMTP server."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import transaction

from minno_portal.celery import app
from minno_portal.outbox.enums import State
from minno_portal.outbox.models import Letter
from minno_portal.outbox.tasks import sweep
from tests.minno_portal.outbox.conftest import MakeLetter
from tests.workers import (
    CeleryProcess,
    MailSink,
    PrivateQueue,
    wait_until,
)

pytestmark = pytest.mark.django_db(transaction=True)


def in_state(state: State) -> int:
    return int(Letter.objects.filter(state=state).count())


def test_a_committed_letter_is_delivered(
    make_letter: MakeLetter, worker: CeleryProcess, mail_sink: MailSink
) -> None:
    with transaction.atomic():
        letter = make_letter()
    wait_until(lambda: in_state(State.SENT), what=worker.output())
    assert mail_sink.accepted() == {letter.message_id: 1}

    # The worker ends what it does when it is asked to leave.
    mail_sink.delay = 1.0
    make_letter()
    wait_until(lambda: in_state(State.SENDING))
    assert worker.stop() == 0
    assert in_state(State.SENT) == 2
    assert mail_sink.count() == 2


@pytest.mark.faults
def test_a_killed_worker_and_a_lost_queue_lose_no_letter(
    make_letter: MakeLetter,
    worker: CeleryProcess,
    mail_sink: MailSink,
    private_queue: PrivateQueue,
) -> None:
    mail_sink.delay = 0.05
    letters = [make_letter() for _ in range(30)]
    wait_until(lambda: mail_sink.count() >= 8, what=worker.output())
    worker.kill()
    private_queue.flush()
    cut = set(Letter.objects.filter(state=State.SENDING).values_list("message_id", flat=True))
    assert in_state(State.SENT) < 30

    worker.start()

    def all_sent() -> bool:
        sweep.delay(stuck_after=5.0)
        return in_state(State.SENT) == 30

    # Every sweep queues every due letter anew: often enough, but no flood.
    wait_until(all_sent, what=worker.output(), pause=1.0)
    accepted = mail_sink.accepted()
    assert set(accepted) == {letter.message_id for letter in letters}
    twice = {message_id for message_id, times in accepted.items() if times > 1}
    assert twice <= cut
    assert len(cut) <= 2, "no more than the worker has processes"
    assert max(accepted.values()) <= 2


def test_every_planned_task_exists() -> None:
    """A misspelt name in the schedule would be noticed only when letters do not go."""
    planned = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    app.loader.import_default_modules()
    missing = planned - set(app.tasks)
    assert not missing
    assert {"outbox.sweep", "outbox.empty_old", "rounds.queue_reminders"} <= set(app.tasks)
    assert app.amqp.router.route({}, "outbox.deliver")["queue"].name == "mail"
