"""Bring a portal's database and static files up to date before it serves: `python -m dev.prepare`.

One process for all of it, because each start of Django costs a second; and none at all where
nothing that it looks at has changed since it last ran.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from pathlib import Path

import django
from django.core.management import call_command

from dev.bootstrap import ROOT, VENV

APPS = ("minno_portal", "organisations", "rounds", "demo")


def main() -> None:
    """Migrate, collect static files, and fill in the sample year where it is wanted and missing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minno_portal.settings")
    django.setup()
    migrate()
    collect_static_files()
    if "--sample-year" in sys.argv:
        fill_in_sample_year()
    _stamp(Path(os.environ["VAR_DIR"])).write_text(fingerprint())


def is_prepared(var: Path) -> bool:
    """Tell whether the portal in `var` was prepared by the same code."""
    stamp = _stamp(var)
    return stamp.exists() and stamp.read_text() == fingerprint()


def fingerprint() -> str:
    """Return a digest of what the preparation looks at: migrations, static files, packages."""
    digest = hashlib.sha256(django.__version__.encode())
    migrations = (path for app in APPS for path in (ROOT / app).rglob("migrations/*.py"))
    static = (path for path in (ROOT / "static").rglob("*") if path.is_file())
    for path in sorted([*migrations, *static, *VENV.glob(".locked-*")]):
        seen = path.stat()
        digest.update(f"{path}:{seen.st_size}:{seen.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _stamp(var: Path) -> Path:
    return var / ".prepared"


def migrate() -> None:
    """Apply what is not applied yet."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Preparing the database …", flush=True)
        call_command("migrate", interactive=False, verbosity=0)


def collect_static_files() -> None:
    """Collect when a file has changed since the last time."""
    from django.conf import settings

    digest = _static_digest()
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.exists() and stamp.read_text() == digest:
        return
    print("Collecting styles, scripts and icons …", flush=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(digest)


def _static_digest() -> str:
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list(["CVS", ".*", "*~"]):
            seen = Path(storage.path(name)).stat()
            digest.update(f"{name}:{seen.st_size}:{seen.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def fill_in_sample_year() -> None:
    """Make the sample year in a database without rounds."""
    from rounds.planning.models import Round

    if Round.objects.exists():
        return
    print("Filling in the sample year …", flush=True)
    started = time.monotonic()
    call_command("sample_year", verbosity=0)
    print(f"The sample year took {time.monotonic() - started:.0f} s.", flush=True)


if __name__ == "__main__":
    main()
