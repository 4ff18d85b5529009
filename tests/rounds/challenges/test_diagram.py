"""docs/challenge-life.md shows the table that the services use."""

from __future__ import annotations

from pathlib import Path

from rounds.challenges.diagram import mermaid, table

DOC = Path(__file__).resolve().parents[3] / "docs" / "challenge-life.md"
ADVICE = "docs/challenge-life.md differs: run `manage.py challenge_life_diagram`"


def test_the_document_shows_the_table() -> None:
    text = DOC.read_text(encoding="utf-8")
    assert f"```mermaid\n{mermaid()}\n```" in text, ADVICE
    assert table() in text, ADVICE


def test_every_status_is_in_the_picture() -> None:
    picture = mermaid()
    assert "[*] --> draft" in picture
    assert "draft --> submitted: submit" in picture
    assert "completed --> [*]" in picture
    assert "draft --> [*]" not in picture
