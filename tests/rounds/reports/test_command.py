from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from rounds.planning.models import Round


@pytest.mark.parametrize("by", ["code", "slug"])
def test_the_command_writes_the_report(full_round: Round, tmp_path: Path, by: str) -> None:
    target = tmp_path / "report.pdf"
    out = io.StringIO()
    call_command("round_report", getattr(full_round, by), output=target, language="sv", stdout=out)
    assert PdfReader(target).root_object["/Lang"] == "sv"
    assert str(target) in out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["9/2099", "nothing", "", "1/20270"])
def test_an_unknown_round_is_said(code: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no round"):
        call_command("round_report", code, output=tmp_path / "x.pdf")


def test_a_missing_folder_is_said(full_round: Round, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no folder"):
        call_command("round_report", full_round.code, output=tmp_path / "missing" / "x.pdf")


def test_finnish_is_the_default(
    call_round: Round, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        "rounds.management.commands.round_report.round_report_pdf",
        lambda _round, language: asked.append(language) or b"%PDF",
    )
    call_command("round_report", call_round.slug, "--output", str(tmp_path / "x.pdf"))
    assert asked == ["fi"]
    assert (tmp_path / "x.pdf").read_bytes() == b"%PDF"
