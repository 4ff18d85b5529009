from __future__ import annotations

import unicodedata

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from minno_portal.outbox.kinds import Kind, every_kind
from minno_portal.outbox.placeholders import problems, shown, stored, unknown_in
from minno_portal.outbox.rendering import Written
from minno_portal.outbox.words import NAMES, word_of
from rounds.challenges.letters import COMMENT, NEEDS_COMPLETION, RECEIPT

LANGUAGES = [code for code, _name in settings.LANGUAGES]
KINDS = list(every_kind())


def texts_of(kind: Kind) -> st.SearchStrategy[str]:
    """Stored texts: any characters, and the kind's own placeholders among them."""
    names = [f"{{{each.name}}}" for each in kind.every_placeholder]
    any_text = st.text(st.characters(exclude_characters="{}", exclude_categories=["Cs"]))
    pieces = st.one_of(any_text, st.sampled_from(names), st.sampled_from(["{ }", "{}", "}", "{ "]))
    return st.lists(pieces).map("".join).map(lambda text: unicodedata.normalize("NFC", text))


@given(st.data(), st.sampled_from(KINDS), st.sampled_from(LANGUAGES))
def test_a_text_that_is_shown_and_taken_back_is_the_same(
    data: st.DataObject, kind: Kind, language: str
) -> None:
    text = data.draw(texts_of(kind))
    assert stored(shown(text, kind, language), kind, language) == text
    # The English names are understood in every language.
    assert stored(text, kind, language) == text


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_placeholder_has_a_word_of_its_own(kind: Kind, language: str) -> None:
    words = {each.name: word_of(each.name, language) for each in kind.every_placeholder}
    assert set(words) <= set(NAMES), "name the placeholder in minno_portal/outbox/words.py"
    assert len({word.casefold() for word in words.values()}) == len(words)
    for word in words.values():
        assert stored(f"{{{word}}}", kind, language) != f"{{{word}}}" or word in words
    # No word is the English name of another placeholder of the same letter.
    assert not any(word in words and word != name for name, word in words.items())


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("{haaste}", "{title}"),
        ("{Haaste}", "{title}"),
        ("{ haaste }", "{title}"),
        ("{title}", "{title}"),
        ("{määräaika}", "{deadline}"),
        (unicodedata.normalize("NFD", "{määräaika}"), "{deadline}"),
        ("{otsikkko}", "{otsikkko}"),
        ("{ } {} { ja }", "{ } {} { ja }"),
    ],
)
def test_what_people_type(typed: str, expected: str) -> None:
    assert stored(typed, NEEDS_COMPLETION, "fi") == expected


def test_a_misspelt_placeholder_is_named_with_the_one_that_was_meant() -> None:
    text = "{haate} {url} {comments}"
    found = list(problems(Written("{xyzzy}", text), COMMENT, "fi"))
    fields = [field for field, _sentence in found]
    assert fields == ["subject", "text"]
    assert "{haate}" in found[1][1]
    assert "{haaste}" in found[1][1]
    # Nothing near: all that are known are named.
    assert "{haaste}" in found[0][1]
    assert "{linkki}" in found[0][1]


def test_a_missing_placeholder_is_named_with_what_it_stands_for() -> None:
    found = list(problems(Written("Kuitti", "Hei {receipt_url}"), RECEIPT, "fi"))
    assert [field for field, _sentence in found] == ["text"]
    assert "{linkki}" in found[0][1]


def test_lone_braces_are_nothing() -> None:
    assert unknown_in("{ } {} { a b } } { {", RECEIPT) == []
