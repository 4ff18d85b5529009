"""The check of translations names what a person would otherwise find in the wrong language."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

from dev import messages


def catalogue(path: Path, *entries: polib.POEntry) -> Path:
    file = polib.POFile()
    file.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    file.extend(entries)
    file.save(str(path))
    return path


def entry(msgid: str, msgstr: str = "", **more: object) -> polib.POEntry:
    return polib.POEntry(msgid=msgid, msgstr=msgstr, occurrences=[("a.py", 1)], **more)


def complaints(tmp_path: Path, kept: list[polib.POEntry], fresh: list[polib.POEntry]) -> list[str]:
    return list(
        messages.compare(
            "fi",
            catalogue(tmp_path / "kept.po", *kept),
            catalogue(tmp_path / "fresh.po", *fresh),
        )
    )


def test_a_whole_catalogue_passes(tmp_path: Path) -> None:
    whole = [
        entry("Send", "Lähetä"),
        entry(
            "%(n)s day", msgid_plural="%(n)s days", msgstr_plural={0: "1 päivä", 1: "%(n)s päivää"}
        ),
    ]
    assert complaints(tmp_path, whole, whole) == []


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (entry("Send"), "not translated: “Send” (a.py)"),
        (entry("Send", "Lähetä", flags=["fuzzy"]), "fuzzy: “Send”"),
        (entry("To %(name)s", "Saaja %(nimi)s"), "other placeholders"),
        (entry("To %(name)s", "Saaja"), "other placeholders"),
        (
            entry("%(n)s day", msgid_plural="%(n)s days", msgstr_plural={0: "1 päivä", 1: ""}),
            "not translated",
        ),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, bad: polib.POEntry, words: str) -> None:
    (found,) = complaints(tmp_path, [bad], [bad])
    assert words in found


def test_a_text_that_the_code_no_longer_has_is_named(tmp_path: Path) -> None:
    (found,) = complaints(tmp_path, [entry("Old", "Vanha")], [])
    assert found == "fi: no longer used: “Old” (a.py)"


def test_a_missing_catalogue_lacks_everything(tmp_path: Path) -> None:
    fresh = catalogue(tmp_path / "fresh.po", entry("Send"))
    assert len(list(messages.compare("sv", tmp_path / "none.po", fresh))) == 1


def test_a_name_that_collecting_does_not_know_is_named(tmp_path: Path) -> None:
    source = tmp_path / messages.SOURCES[0] / "views.py"
    source.parent.mkdir(parents=True)
    source.write_text("from django.utils.translation import gettext as _\n")
    assert not list(messages.unheard(tmp_path))
    source.write_text("from django.utils.translation import gettext as _now\n")
    assert [complaint.partition(":")[0] for complaint in messages.unheard(tmp_path)] == [
        f"{messages.SOURCES[0]}/views.py"
    ]
