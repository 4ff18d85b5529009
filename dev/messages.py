"""Texts for people: `python -m dev.messages collect|check|compile`.

The msgids are English; locale/ holds Finnish and Swedish. The .mo files are made, not kept.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

from dev import system, without_servers
from dev.bootstrap import ROOT

LANGUAGES = ("fi", "sv")
# What makemessages reads; tests and tools speak to developers.
SOURCES = ("minno_portal", "organisations", "rounds", "demo", "templates", "locale")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")
MOST_SHOWN = 20
# Another name for one of gettext's functions than the usual underscore.
ALIAS = re.compile(r"gettext(?:_lazy|_noop)? as (?!_\b)(\w+)")


def main() -> int:
    """Do what the argument names; return the exit code."""
    actions = {"collect": collect, "check": check, "compile": compile_all}
    return actions[sys.argv[1]]()


def collect() -> int:
    """Bring locale/*.po up to date with the code."""
    with tempfile.TemporaryDirectory() as folder:
        extract(Path(folder))
        for language in LANGUAGES:
            target = catalogue(ROOT, language)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(catalogue(Path(folder), language), target)
            told = polib.pofile(str(target))
            print(f"{language}: {told.percent_translated()} % of {len(told)} texts translated")
    return 0


def check() -> int:
    """Say which texts lack a translation, are fuzzy, or are no longer used."""
    with tempfile.TemporaryDirectory() as folder:
        extract(Path(folder))
        complaints = [
            complaint
            for language in LANGUAGES
            for complaint in compare(
                language, catalogue(ROOT, language), catalogue(Path(folder), language)
            )
        ]
    complaints += unheard(ROOT)
    for complaint in complaints[:MOST_SHOWN]:
        print(complaint)
    if len(complaints) > MOST_SHOWN:
        print(f"… and {len(complaints) - MOST_SHOWN} more.")
    if complaints:
        print("Type  make messages  and translate what is empty or fuzzy in locale/.")
    return 1 if complaints else 0


def unheard(root: Path) -> Iterator[str]:
    """Yield where texts are marked by a name that collecting does not know, and so never found."""
    for name in SOURCES:
        for path in sorted((root / name).rglob("*.py")):
            for alias in ALIAS.findall(path.read_text()):
                yield f"{path.relative_to(root)}: texts marked with {alias}() are not collected"


def compile_all() -> int:
    """Write the .mo file of every catalogue."""
    for source in (ROOT / "locale").glob("*/LC_MESSAGES/*.po"):
        polib.pofile(str(source)).save_as_mofile(str(source.with_suffix(".mo")))
    return 0


def extract(folder: Path) -> None:
    """Copy the sources into `folder` and collect their texts into its locale/."""
    system.ensure_gettext()
    for name in SOURCES:
        if (ROOT / name).exists():
            shutil.copytree(
                ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo")
            )
    (folder / "locale").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "django", "makemessages", "--no-obsolete", "--no-wrap"]
    command += ["--add-location", "file", "--verbosity", "0"]
    command += [part for language in LANGUAGES for part in ("--locale", language)]
    environ = {**without_servers.environ(), "PYTHONPATH": str(folder), "LC_ALL": "C.UTF-8"}
    subprocess.run(command, cwd=folder, env=environ, check=True)


def catalogue(root: Path, language: str) -> Path:
    """Return the path of a language's .po file."""
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def compare(language: str, kept: Path, fresh: Path) -> Iterator[str]:
    """Yield what is wrong with a catalogue.

    :param kept: the catalogue in the project.
    :param fresh: the same after collecting the texts of the code once more.
    """
    wanted = polib.pofile(str(fresh))
    if kept.exists():
        used = {(entry.msgctxt, entry.msgid) for entry in wanted}
        for entry in polib.pofile(str(kept)):
            if (entry.msgctxt, entry.msgid) not in used:
                yield f"{language}: no longer used: {_short(entry)}"
    for entry in wanted:
        if entry.fuzzy:
            yield f"{language}: fuzzy: {_short(entry)}"
        elif not entry.translated():
            yield f"{language}: not translated: {_short(entry)}"
        elif _placeholders_differ(entry):
            yield f"{language}: other placeholders than the English text: {_short(entry)}"


def _placeholders_differ(entry: polib.POEntry) -> bool:
    allowed = _names(entry.msgid) | _names(entry.msgid_plural)
    texts = list(entry.msgstr_plural.values()) or [entry.msgstr]
    if any(not _names(text) <= allowed for text in texts):
        return True
    return not entry.msgid_plural and _names(entry.msgstr) != _names(entry.msgid)


def _names(text: str) -> set[str]:
    return {match.group() for match in PLACEHOLDER.finditer(text)}


def _short(entry: polib.POEntry) -> str:
    where = entry.occurrences[0][0] if entry.occurrences else "?"
    return f"“{' '.join(entry.msgid.split())[:70]}” ({where})"


if __name__ == "__main__":
    sys.exit(main())
