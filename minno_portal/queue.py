"""Handing work to Celery without letting a page wait for, or fail with, the queue."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import partial
from typing import Any, ParamSpec, TypeVar, cast

from celery import shared_task
from celery.contrib.django.task import DjangoTask
from django.db import transaction
from kombu.exceptions import OperationalError

# After a failure the process leaves the queue alone for this long: a page that writes two hundred
# letters must not wait two hundred times.
PAUSE = 5.0

P = ParamSpec("P")
R_co = TypeVar("R_co", covariant=True)

logger = logging.getLogger(__name__)


class QueueState:
    """Whether this process found the queue unreachable a moment ago."""

    def __init__(self) -> None:
        self._closed_until = 0.0

    @property
    def is_paused(self) -> bool:
        """Whether the queue is left alone now."""
        return time.monotonic() < self._closed_until

    def pause(self) -> None:
        """Leave the queue alone for a while."""
        self._closed_until = time.monotonic() + PAUSE

    def resume(self) -> None:
        """Try the queue again at once."""
        self._closed_until = 0.0


queue_state = QueueState()


class PortalTask(DjangoTask[P, R_co]):
    """A task whose dispatch is a hint: what has to be done is in the database.

    So an unreachable queue is logged, not raised, and a periodic scan does the work later.
    """

    def delay_on_commit(  # type: ignore[override]  # before the commit there is no result
        self, *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Queue the task after the commit, if the queue can be reached."""
        transaction.on_commit(partial(self._try_to_queue, args, kwargs))

    def _try_to_queue(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        if queue_state.is_paused:
            return
        try:
            self.apply_async(args, kwargs)
        except (OperationalError, OSError):
            queue_state.pause()
            logger.warning("the queue cannot be reached, %s waits for the next scan", self.name)


def portal_task(name: str, **options: Any) -> Callable[[Callable[P, R_co]], PortalTask[P, R_co]]:
    """Make a function a task; like Celery's `shared_task`, with the type of our own task.

    :param name: the task's name in the queue: it stays when the function moves.
    :param options: what else Celery knows of tasks, such as `expires`.
    """
    decorator = shared_task(name=name, **options)
    return cast("Callable[[Callable[P, R_co]], PortalTask[P, R_co]]", decorator)
