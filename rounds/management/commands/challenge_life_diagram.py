"""Writes the picture and the table of a challenge's life into docs/."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from rounds.challenges.diagram import mermaid, table


class Command(BaseCommand):
    """Bring docs/challenge-life.md up to date with the transition table."""

    help = "Bring docs/challenge-life.md up to date with the transition table."

    def handle(self, *args: Any, **options: Any) -> None:
        """Replace the diagram and the table, keep the words around them."""
        path = settings.BASE_DIR / "docs" / "challenge-life.md"
        text = path.read_text(encoding="utf-8")
        text = _replaced(text, r"```mermaid\n.*?\n```", f"```mermaid\n{mermaid()}\n```")
        text = _replaced(text, r"\| action \|.*?(?=\n\n|\Z)", table())
        path.write_text(text.rstrip("\n") + "\n", encoding="utf-8")
        self.stdout.write(f"Wrote {path.relative_to(settings.BASE_DIR)}")


def _replaced(text: str, pattern: str, new: str) -> str:
    return re.sub(pattern, lambda _match: new, text, count=1, flags=re.DOTALL)
