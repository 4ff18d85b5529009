"""Every kind of letter in three languages: filled with an example and read back."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from minno_portal.outbox.catalogue import tables
from minno_portal.outbox.examples import Example, example_of, has_example, preview
from minno_portal.outbox.filling import names_in
from minno_portal.outbox.kinds import Kind, every_kind
from minno_portal.outbox.rendering import LONGEST_SUBJECT, Rendered, Written, default_text
from minno_portal.outbox.sender import PORTAL

KINDS = list(every_kind())
LANGUAGES = ("fi", "sv", "en")
DOC = Path(__file__).resolve().parents[2] / "docs" / "letters.md"


def letter(kind: Kind, language: str) -> Rendered:
    return preview(kind, language, default_text(kind, language), example_of(kind, None), PORTAL)


def words_of(html: str) -> str:
    """Return what a person reads in the HTML part."""
    body = html.split("<main>")[1].split("</main>", maxsplit=1)[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_it_reads_well(kind: Kind, language: str) -> None:
    assert has_example(kind), f"register an example of {kind.name}"
    made = letter(kind, language)
    with translation.override(language):
        start, end = translation.gettext("Hello,"), PORTAL.sign_off()
    assert made.text.startswith(start.rstrip(",!"))
    assert made.text.endswith(f"\n{end}\n") or kind.name == "feedback-request"
    for part in (made.subject, made.text):
        assert not re.search(r"[{}\[\]<>]|None|\b0001\b", part), part
        assert "  " not in re.sub(r"^ +", "", part, flags=re.MULTILINE), part
        assert not re.search(r"\s[,.;:!?]|\.\.|,,", part), part
    assert len(made.subject.splitlines()) == 1
    assert 10 <= len(made.subject) <= LONGEST_SUBJECT
    assert f'<html lang="{language}">' in made.html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_both_parts_say_the_same_and_links_are_whole(kind: Kind, language: str) -> None:
    made = letter(kind, language)
    read = words_of(made.html)
    for word in re.sub(r"^[-•] ", "", made.text, flags=re.MULTILINE).split():
        assert word.rstrip(":") in read or word in made.html.replace("&amp;", "&"), word
    links = re.findall(r'href="([^"]*)"', made.html)
    for address in re.findall(rf"{re.escape(settings.SITE_URL)}\S*", made.text):
        assert address.rstrip(".,") in links
    prefix = "" if language == "fi" else f"/{language}"
    for link in links:
        assert link.startswith(f"{settings.SITE_URL}{prefix}/"), link
        assert link.endswith(("/", "****")), link


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_english_is_left(kind: Kind) -> None:
    """Whole paragraphs and lines are compared: single words may be the same."""
    english = {line for line in letter(kind, "en").text.splitlines() if " " in line.strip()}
    # Names and addresses are the same in every language.
    english = {line for line in english if "@" not in line}
    for language in ("fi", "sv"):
        made = letter(kind, language)
        left = english & set(made.text.splitlines())
        assert not left
        assert made.subject != letter(kind, "en").subject


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_default_names_what_is_declared(kind: Kind, language: str) -> None:
    """A default that named something else could not be the beginning of a text of one's own."""
    default = default_text(kind, language)
    declared = {each.name for each in kind.every_placeholder}
    named = set(names_in(f"{default.subject}\n{default.text}"))
    assert named <= declared
    required = {each.name for each in kind.every_placeholder if each.is_required}
    assert required <= set(names_in(default.text))
    with translation.override("en"):
        english = default_text(kind, "en")
    assert named == set(names_in(f"{english.subject}\n{english.text}")), "as in English"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_example_fills_exactly_what_is_declared(kind: Kind) -> None:
    found = example_of(kind, None)
    values = found.values(_Reader())
    declared = {each.name for each in kind.placeholders}
    # A letter may greet in its own way.
    assert set(values) - {"greeting"} >= declared
    every = Written("x", "".join(f"{{{each.name}}}" for each in kind.every_placeholder))
    assert preview(kind, "fi", every, found, PORTAL).text


class _Reader:
    language = "fi"
    name = "Aino"


def test_without_an_example_the_labels_stand_in_brackets() -> None:
    nameless = Kind("nowhere-declared", "A", "b", "c", placeholders=KINDS[0].placeholders)
    found: Example = example_of(nameless, None)
    assert all(value.startswith("[") for value in found.values(_Reader()).values())


def test_the_document_shows_every_letter() -> None:
    text = DOC.read_text(encoding="utf-8")
    assert tables() in text, "docs/letters.md differs: run `manage.py letters_page`"
    assert all(f"(`{kind.name}`)" in text for kind in KINDS)
