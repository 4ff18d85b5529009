"""What the runs with many letters share: servers of their own, a kind of letter, the letters."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from minno_portal import embedded

KIND = "fault-run"
LANGUAGES = ("fi", "sv", "en")


def own_servers() -> Path:
    """Start servers in a new folder, prepare Django and the database, and return the folder."""
    folder = Path(tempfile.mkdtemp(prefix="minno-letters-"))
    # Registered first, so that it runs last, when the servers have left the folder.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL"):
        os.environ.pop(name, None)
    os.environ.update(
        VAR_DIR=str(folder), LOG_LEVEL="WARNING", DJANGO_SETTINGS_MODULE="minno_portal.settings"
    )
    embedded.provide(os.environ)

    import django
    from django.conf import settings
    from django.core.management import call_command

    letters = folder / "templates" / "letters"
    letters.mkdir(parents=True)
    (letters / f"{KIND}.subject.txt").write_text("Letter {{ number }}\n")
    (letters / f"{KIND}.txt").write_text("{{ greeting }}\n\nThis is letter {{ number }}.\n")
    engine: dict[str, Any] = settings.TEMPLATES[0]
    engine["DIRS"].append(folder / "templates")
    django.setup()
    call_command("migrate", verbosity=0)
    return folder


def write_letters(count: int) -> set[str]:
    """Write letters, each in a transaction of its own, and return their Message-IDs."""
    from django.db import transaction

    from minno_portal.outbox.models import Letter
    from minno_portal.outbox.services import Kind, Placeholder, Recipient, queue_letter

    kind = Kind(KIND, KIND, "", "", placeholders=(Placeholder("number", ""),))
    for number in range(count):
        to = Recipient(f"person-{number}@example.org", LANGUAGES[number % len(LANGUAGES)])
        with transaction.atomic():
            queue_letter(kind, key=f"{KIND}:{number}", to=to, values=numbered(number))
    return set(Letter.objects.values_list("message_id", flat=True))


def numbered(number: int) -> Any:
    """Return what fills a letter of these runs."""
    return lambda _to: {"number": number}
