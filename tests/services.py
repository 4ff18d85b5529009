"""A pytest plugin that starts the real servers before Django's settings are read."""

from __future__ import annotations

import gc
import os
import tempfile
from pathlib import Path

from minno_portal import embedded

# Settings of the tests, before anything imports Django's.
os.environ.setdefault("VAR_DIR", str(embedded.BASE_DIR / "var" / "test"))
os.environ["REQUIRE_SECOND_FACTOR"] = "0"
os.environ.setdefault("EMAIL_URL", "smtp://127.0.0.1:1")
embedded.provide(os.environ, durable=False)
# Files that tests make are gone with the run; the servers' data stays for the next one.
os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="minno-test-")
(Path(os.environ["VAR_DIR"]) / "static").mkdir()

# Tests make much and keep little: looking for garbage less often saves a good tenth of their time.
gc.set_threshold(100_000, 20, 50)


def pytest_collection_finish() -> None:
    """Never look again at what lives as long as the run: modules, models, tests."""
    gc.collect()
    gc.freeze()
