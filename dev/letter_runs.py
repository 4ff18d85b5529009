"""What the runs with many letters share: servers of their own, a kind of letter, the letters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dev import own_servers

KIND = "fault-run"
LANGUAGES = ("fi", "sv", "en")


def prepare() -> Path:
    """Start servers in a new folder, prepare Django and the database, and return the folder."""
    folder = own_servers.start()
    from django.conf import settings

    letters = folder / "templates" / "letters"
    letters.mkdir(parents=True)
    (letters / f"{KIND}.subject.txt").write_text("Letter {{ number }}\n")
    (letters / f"{KIND}.txt").write_text("{{ greeting }}\n\nThis is letter {{ number }}.\n")
    engine: dict[str, Any] = settings.TEMPLATES[0]
    engine["DIRS"].append(folder / "templates")
    own_servers.prepare_django()
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
