"""How gunicorn serves the portal; every value can be given in the environment."""

import gc
import os
from typing import Any

from django.conf import settings
from django.urls import get_resolver
from django.utils import translation

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
# One copy of the code in memory for all workers.
preload_app = True
timeout = 60
graceful_timeout = 10
max_requests = 5000
max_requests_jitter = 500
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "warning")


def when_ready(server: Any) -> None:
    """Load what every page needs, and leave it out of garbage collection: workers share it."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("Challenge")
            get_resolver().reverse_dict  # noqa: B018 (resolved for each language once)
    gc.collect()
    gc.freeze()
