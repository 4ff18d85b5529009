"""The documents name what is there: files, links, make targets, commands, settings, buttons."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import django
import polib
import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

from minno_portal.settings import env

ROOT = Path(settings.BASE_DIR)
DOCUMENTS = sorted(
    [ROOT / name for name in ("README.md", "CHANGELOG.md", "SECURITY.md")]
    + list((ROOT / "docs").rglob("*.md"))
)
OPERATIONS = ROOT / "docs" / "operations.md"
GUIDE = ROOT / "docs" / "user-guide.fi.md"
LARGEST_PICTURE = 150_000

FENCE = re.compile(r"^```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
VALUE = re.compile(r"%\(\w+\)[sd]")
FILE_NAME = re.compile(r"[\w.-]+(?:/[\w.-]+)+\.(?:py|md|html|txt|toml|yml)")

by_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)


def text_of(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def prose_of(document: Path) -> str:
    return FENCE.sub("", text_of(document))


def commands_of(document: Path) -> Iterator[str]:
    """Yield what a reader would type: lines of code blocks, and code inside sentences."""
    for block in FENCE.findall(text_of(document)):
        yield from block.splitlines()
    yield from INLINE.findall(prose_of(document))


def anchor_of(heading: str) -> str:
    """Return the address that a heading gets on the usual forges."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


@by_document
def test_links_lead_somewhere(document: Path) -> None:
    for link in LINK.findall(prose_of(document)):
        if "://" in link or link.startswith("mailto:"):
            continue
        name, _, anchor = link.partition("#")
        target = (document.parent / name).resolve() if name else document
        assert target.exists(), f"{document.name} links to {link}"
        if anchor:
            assert anchor in map(anchor_of, HEADING.findall(text_of(target))), link


@by_document
def test_files_that_are_named_exist(document: Path) -> None:
    for code in INLINE.findall(prose_of(document)):
        if FILE_NAME.fullmatch(code) and not code.startswith("var/"):
            assert (ROOT / code).is_file(), f"{document.name} names {code}"


@by_document
def test_make_targets_exist(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    for command in commands_of(document):
        named = re.match(r"(?:[A-Z]+=\S+ )*make(?: ([a-z-]+))?", command)
        if named and named[1]:
            assert named[1] in targets, f"{document.name}: {command}"


@by_document
def test_management_commands_can_be_typed_as_they_stand(document: Path) -> None:
    for command in commands_of(document):
        words = shlex.split(command, comments=True) if "manage.py " in command else []
        if "manage.py" not in words:
            continue
        name, *arguments = words[words.index("manage.py") + 1 :]
        if name == "help":
            continue
        assert name in get_commands(), f"{document.name}: {command}"
        if arguments:
            where = get_commands()[name]
            found = load_command_class(where, name) if isinstance(where, str) else where
            found.create_parser("manage.py", name).parse_args(arguments)


def settings_outside_the_portal() -> set[str]:
    """Return the variables that gunicorn, docker compose and make read for themselves."""
    gunicorn = re.findall(r'environ\.get\("(\w+)"', text_of(ROOT / "gunicorn.conf.py"))
    compose = text_of(ROOT / "docker-compose.yml")
    arguments = re.findall(r"args: \[(\w+)\]", compose)
    return {*gunicorn, *re.findall(r"(?<!\$)\$\{(\w+)", compose), *arguments, "PORT"}


def test_every_setting_is_in_the_table_and_nothing_else() -> None:
    section = text_of(OPERATIONS).partition("## Settings")[2].partition("\n## ")[0]
    named = re.findall(r"^\| `([A-Z_]+)`", section, re.MULTILINE)
    assert set(named) == set(env.scheme) | settings_outside_the_portal()
    assert len(named) == len(set(named))


def test_switches_have_the_defaults_that_the_table_says() -> None:
    for name, (kind, default) in env.scheme.items():
        if kind in (bool, int):
            assert f"| `{name}` | `{int(default)}`" in text_of(OPERATIONS), name


def words_of_the_interface() -> str:
    """Return every Finnish text of the portal and of Django's admin, one a line."""
    own = polib.pofile(str(ROOT / "locale" / "fi" / "LC_MESSAGES" / "django.po"))
    folder = Path(django.__file__).parent / "contrib" / "admin" / "locale" / "fi" / "LC_MESSAGES"
    texts = [
        text
        for entry in [*own, *polib.mofile(str(folder / "django.mo"))]
        for text in (entry.msgstr, *entry.msgstr_plural.values())
    ]
    return "\n".join(texts)


def test_the_guide_says_buttons_as_the_pages_do() -> None:
    texts = words_of_the_interface().splitlines()
    # What is nothing but values would match anything.
    telling = [text for text in texts if re.search(r"\w{3}", VALUE.sub("", text))]
    patterns = {
        ".+".join(re.escape(part) for part in VALUE.split(text.casefold())) for text in telling
    }
    for words in set(re.findall(r"\*\*(.+?)\*\*", text_of(GUIDE))):
        assert any(re.fullmatch(pattern, words.casefold()) for pattern in patterns), words


def test_pictures_are_small_and_shown_somewhere() -> None:
    shown = {
        (document.parent / link).resolve()
        for document in DOCUMENTS
        for link in LINK.findall(text_of(document))
    }
    for picture in (ROOT / "docs" / "pictures").iterdir():
        assert picture.stat().st_size <= LARGEST_PICTURE, picture.name
        assert picture in shown, picture.name
