"""Writes the tables of all letters into docs/."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from minno_portal.outbox.catalogue import tables

START = "## Coordinators can write the text"


class Command(BaseCommand):
    """Bring docs/letters.md up to date with the kinds of letters."""

    help = "Bring docs/letters.md up to date with the kinds of letters."

    def handle(self, *args: Any, **options: Any) -> None:
        """Replace the tables, keep the words before them."""
        path = settings.BASE_DIR / "docs" / "letters.md"
        words = path.read_text(encoding="utf-8").split(START, maxsplit=1)[0]
        path.write_text(f"{words}{tables()}\n", encoding="utf-8")
        self.stdout.write(f"Wrote {path.relative_to(settings.BASE_DIR)}")
