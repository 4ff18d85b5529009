"""Rows of choices: no button loses a word, and keys that answers name stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rounds.call.questions.option_rows import (
    MORE,
    MORE_ROWS,
    MOST_OPTIONS,
    OPTION_LENGTH,
    FaultyRows,
    OptionRow,
    options_from,
    press,
    read,
    rows_of,
)
from rounds.call.questions.options import label_of, words

TEXTS = st.text(max_size=12)
ROWS = st.lists(
    st.builds(
        OptionRow,
        key=st.sampled_from(["", "o1", "o2", "o9"]),
        texts=st.fixed_dictionaries({"fi": TEXTS, "sv": TEXTS, "en": TEXTS}),
    ),
    max_size=8,
)
BUTTONS = st.one_of(
    st.just(MORE_ROWS),
    st.builds("{}-{}".format, st.sampled_from(["up", "down"]), st.integers(0, 99)),
    st.text(max_size=10),
)
BEFORE = [{"key": "o1", "fi": "Yksi"}, {"key": "o2", "fi": "Kaksi"}]


def said(rows: list[OptionRow]) -> list[tuple[str, ...]]:
    return sorted(tuple(row.texts.values()) for row in rows if not row.is_empty)


@given(ROWS, BUTTONS)
def test_no_button_but_remove_loses_what_was_typed(rows: list[OptionRow], button: str) -> None:
    after, focus = press(rows, button)
    assert said(after) == said(rows)
    assert len(after) <= max(len(rows), MOST_OPTIONS)
    assert focus is None or 0 <= focus < len(after)


@given(ROWS, st.integers(0, 99))
def test_remove_takes_one_row(rows: list[OptionRow], index: int) -> None:
    after, focus = press(rows, f"remove-{index}")
    assert len(after) == len(rows) - (index < len(rows))
    assert focus is None or 0 <= focus < len(after)


@given(ROWS)
def test_what_was_typed_comes_back_from_the_page(rows: list[OptionRow]) -> None:
    data = {}
    for index, row in enumerate(rows):
        data[f"option-{index}-key"] = row.key
        data |= {f"option-{index}-{code}": text for code, text in row.texts.items()}
    assert read(data) == rows


@given(st.dictionaries(st.from_regex(r"option-\d{1,3}-(fi|sv|en|key)"), st.text(), max_size=20))
def test_reading_takes_anything(data: dict[str, str]) -> None:
    assert len(read(data)) <= MOST_OPTIONS


@given(ROWS)
def test_keys_are_known_or_fresh_and_never_twice(rows: list[OptionRow]) -> None:
    try:
        options = options_from(rows, BEFORE)
    except FaultyRows:
        return
    keys = [option["key"] for option in options]
    assert len(set(keys)) == len(keys)
    assert all(any(option[code] for code in ("fi", "sv", "en")) for option in options)


def test_a_moved_choice_keeps_its_key() -> None:
    rows, focus = press(rows_of(BEFORE), "down-0")
    assert focus == 1
    assert [option["key"] for option in options_from(rows, BEFORE)] == ["o2", "o1"]


def test_a_new_choice_gets_a_key_of_its_own() -> None:
    rows = [*rows_of(BEFORE)[1:], OptionRow("o77", {"fi": "Uusi", "sv": "", "en": ""})]
    assert [option["key"] for option in options_from(rows, BEFORE)] == ["o2", "o3"]


def test_more_rows_up_to_a_limit() -> None:
    assert len(press([OptionRow()] * 2, MORE_ROWS)[0]) == 2 + MORE
    assert press([OptionRow()] * MOST_OPTIONS, MORE_ROWS) == ([OptionRow()] * MOST_OPTIONS, None)


@pytest.mark.parametrize(
    "texts",
    [
        [{"fi": "x" * (OPTION_LENGTH + 1)}],
        [{"fi": "a\x00b"}],
        [{"fi": "Sama"}, {"fi": "sama "}],
        [{"fi": "Yksi", "sv": "En"}, {"fi": "Kaksi", "sv": "En"}],
    ],
)
def test_faults_stand_on_their_row(texts: list[dict[str, str]]) -> None:
    rows = [OptionRow(texts=text) for text in texts]
    with pytest.raises(FaultyRows) as refused:
        options_from(rows, [])
    assert refused.value.rows[-1].error
    assert [row.texts for row in refused.value.rows][-1].keys() == texts[-1].keys()


def test_a_missing_language_falls_back() -> None:
    option = {"key": "o1", "fi": "", "sv": "Grupper", "en": ""}
    assert [words(option, code) for code in ("fi", "sv", "en")] == ["Grupper"] * 3
    assert label_of([option], "o1") == "Grupper"
    assert label_of([option], "gone") == "gone"
