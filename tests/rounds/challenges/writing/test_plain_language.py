"""Hints about how a text reads."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rounds.challenges.writing.plain_language import MOST_OF_A_KIND, Hint, hints

FIELDS = ("title", "summary", "need", "change_sought", "tried", "own_12")
LONG = "sana " * 40


def fields_of(found: list[Hint]) -> list[str]:
    return [hint.field for hint in found]


def private(text: str, field: str = "need", language: str = "fi") -> bool:
    return any(hint.is_private for hint in hints({field: text}, language))


GOOD = {
    "title": "Miten ensikäynnistä tulisi sellainen, että moni palaa?",
    "summary": "Perhekahvilassa käy syksyisin 40 uutta perhettä. Vain joka kymmenes palaa.",
    "need": "Kysyimme perheiltä viime syksynä. Uusi kävijä jää helposti yksin.",
    "change_sought": "Uusi kävijä löytää juttuseuraa ja tietää, milloin tulla seuraavan kerran.",
}


@pytest.mark.parametrize("language", ["fi", "sv", "en", "", "xx"])
def test_a_good_text_gets_no_hints(language: str) -> None:
    assert hints(GOOD, "fi") == []
    assert hints({}, language) == []
    assert hints(dict.fromkeys(FIELDS, ""), language) == []


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("need", LONG),
        ("summary", "Yksi asia. " * 8),
        ("title", "KAIKKI TÄSSÄ HUUTAA KOVAA"),
        ("need", "Jalkautamme mallin."),
        ("need", "Teemme työtä KVTL:n kanssa."),
        ("change_sought", "Järjestetään viisi tapahtumaa."),
    ],
)
def test_what_is_hard_to_read_is_told_at_its_field(field: str, text: str) -> None:
    assert fields_of(hints({field: text}, "fi")) == [field]


@pytest.mark.parametrize(
    "text",
    [
        "Olemme hakeneet STEA-avustusta ja EU-tukea.",
        "Kehitysvammaisten Tukiliitto (KVTL) auttaa. KVTL toimii koko maassa.",
        "KVTL eli Kehitysvammaisten Tukiliitto auttaa.",
        "Vaihe II alkaa.",
    ],
)
def test_what_is_known_or_explained_is_fine(text: str) -> None:
    assert hints({"need": text}, "fi") == []


def test_a_summary_that_repeats_the_title() -> None:
    texts = {"title": "Vapaaehtoisten perehdytys", "summary": "Vapaaehtoisten perehdytys."}
    assert fields_of(hints(texts, "fi")) == ["summary"]


@pytest.mark.parametrize("code", ["131052-308T", "010594Y9032", "290200A123B", "131052+308T"])
def test_identity_codes_are_noticed_anywhere(code: str) -> None:
    assert private(f"Asiakas ({code}) kävi.")


@pytest.mark.parametrize("text", ["1234567-1", "2026-11-21", "990099-308T", "kierros 1/2027"])
def test_other_numbers_are_not_identity_codes(text: str) -> None:
    assert not private(text)


@pytest.mark.parametrize("text", ["maija@example.org", "soita 040 1234567", "+358 40 123 4567"])
def test_contact_details_are_noticed_where_the_text_is_public(text: str) -> None:
    assert private(text, "summary")
    assert not private(text, "need")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Asiakkaamme Matti Virtanen jäi yksin.", "fi"),
        ("Matti, 45 v, sairastaa masennusta.", "fi"),
        ("Vår klient Anna Berg är ensam.", "sv"),
        ("Our client Anna Smith is alone.", "en"),
    ],
)
def test_people_who_can_be_recognised(text: str, language: str) -> None:
    assert private(text, language=language)


def test_what_is_private_comes_first() -> None:
    found = hints({"title": "KAIKKI TÄSSÄ HUUTAA", "need": "131052-308T"}, "fi")
    assert fields_of(found) == ["need", "title"]


def test_a_hint_of_one_kind_is_not_repeated_without_end() -> None:
    assert len(hints({"need": f"{LONG}. " * 50}, "fi")) == MOST_OF_A_KIND


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=2000)),
    st.sampled_from(["fi", "sv", "en", "", "xx"]),
)
def test_any_text_gets_hints_about_its_own_fields(texts: dict[str, str], language: str) -> None:
    found = hints(texts, language)
    assert {hint.field for hint in found} <= texts.keys() | {"summary", "change_sought"}
    assert all(hint.sentence for hint in found)
    assert found == hints(texts, language)


@pytest.mark.parametrize(
    "piece", ["a", "A ", "0", "+358", "Asiakas ", "a@", "1-", "…\n", "(", "ÅÄ"]
)
def test_a_long_paste_takes_no_time(piece: str) -> None:
    hints({"summary": piece * 20_000, "need": piece * 20_000}, "fi")
