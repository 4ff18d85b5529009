"""Friendly hints about how a text reads; they never stand in the way of submitting.

Pure functions from texts to hints. What cannot be known for sure is left unsaid: a wrong hint
costs more trust than a missing one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rounds.challenges.writing.words import EXPLAINS, KNOWN_SHORT, WORDS, Words

# What is published; whatever is written there can be read by anybody.
PUBLIC = ("title", "summary")
MOST_SENTENCES = 6
MOST_OF_A_KIND = 2
SHORTEST_SHOUT = 12
QUOTED = 60
# A summary this much longer than its title still says only the same.
REPEATING = 1.4

_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")
_WORD = re.compile(r"[^\W_]+(?:[-'’:][^\W_]+)*")
_SHORT = re.compile(r"\b[A-ZÅÄÖ]{2,6}\b")
_ROMAN = re.compile(r"[IVX]+")
_IDENTITY_CODE = re.compile(r"(?<!\w)(\d{2})(\d{2})\d{2}[-+A-FU-Y]\d{3}[0-9A-Y](?!\w)")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w")
_TELEPHONE = re.compile(r"(?<![\w.])(?:\+358|0(?:4\d|50|[12368]))[ -]?\d(?:[ -]?\d){5,8}(?!\w)")
_AGED_NAME = re.compile(r"\b[A-ZÅÄÖ][a-zåäöéü]{1,20},? \(?\d{1,3}[ -]?(?:v\b|v\.|vuotia|år|year)")
_LAST_DAY, _LAST_MONTH = 31, 12


@dataclass(frozen=True, slots=True)
class Hint:
    """What could be better, and at which field; `is_private` is about people's data."""

    field: str
    sentence: str
    is_private: bool = False


def hints(texts: Mapping[str, str], language: str) -> list[Hint]:
    """Return hints on the texts by their field, what concerns people's privacy first.

    :param language: of the texts: fi, sv or en.
    """
    words = WORDS.get(language, WORDS["fi"])
    found = [
        hint
        for field, text in texts.items()
        for check in _CHECKS
        for hint in islice(check(field, text, words), MOST_OF_A_KIND)
    ]
    found += [*_unexplained(texts), *_repeating(texts), *_without_change(texts, words)]
    return sorted(found, key=lambda hint: not hint.is_private)


# --- One text at a time -----------------------------------------------------------------------


def _identity_codes(field: str, text: str, words: Words) -> Iterator[Hint]:
    for match in _IDENTITY_CODE.finditer(text):
        day, month = int(match[1]), int(match[2])
        if 1 <= day <= _LAST_DAY and 1 <= month <= _LAST_MONTH:
            yield Hint(
                field,
                _("This looks like a personal identity code. Remove it before you submit."),
                is_private=True,
            )
            return


def _people(field: str, text: str, words: Words) -> Iterator[Hint]:
    named = words.client_named.search(text) or _AGED_NAME.search(text)
    if named:
        yield Hint(
            field,
            _(
                "“%(words)s” looks like a person who can be recognised. "
                "Write about people so that nobody can be known."
            )
            % {"words": named[0]},
            is_private=True,
        )
        if words.health.search(text):
            yield Hint(
                field,
                _("The text seems to tell about a person's health. Leave that out."),
                is_private=True,
            )


def _contacts(field: str, text: str, words: Words) -> Iterator[Hint]:
    if field not in PUBLIC:
        return
    if _ADDRESS.search(text):
        yield Hint(
            field,
            _(
                "There is an e-mail address here, and this text is public. "
                "Contact details have a place of their own."
            ),
            is_private=True,
        )
    if _TELEPHONE.search(text):
        yield Hint(
            field,
            _(
                "There is a telephone number here, and this text is public. "
                "Contact details have a place of their own."
            ),
            is_private=True,
        )


def _long_sentences(field: str, text: str, words: Words) -> Iterator[Hint]:
    for sentence in _sentences(text):
        count = sum(1 for _word in _WORD.finditer(sentence))
        if count > words.longest_sentence:
            yield Hint(
                field,
                _("This sentence has %(count)d words: “%(sentence)s” Could it be two?")
                % {"count": count, "sentence": _quoted(sentence)},
            )


def _many_sentences(field: str, text: str, words: Words) -> Iterator[Hint]:
    count = len(_sentences(text))
    if field == "summary" and count > MOST_SENTENCES:
        yield Hint(
            field,
            ngettext(
                "The summary has %(count)d sentence. Three or four are enough.",
                "The summary has %(count)d sentences. Three or four are enough.",
                count,
            )
            % {"count": count},
        )


def _shouting(field: str, text: str, words: Words) -> Iterator[Hint]:
    letters = [letter for letter in text if letter.isalpha()]
    large = sum(1 for letter in letters if letter.isupper())
    if len(letters) >= SHORTEST_SHOUT and large * 2 > len(letters):
        yield Hint(field, _("Much of this is in capitals. Small letters are easier to read."))


def _heavy(field: str, text: str, words: Words) -> Iterator[Hint]:
    for match in words.heavy.finditer(text):
        yield Hint(
            field,
            _("“%(word)s” may be strange to students. Is there an everyday word?")
            % {"word": match[0]},
        )


_CHECKS: tuple[Callable[[str, str, Words], Iterator[Hint]], ...] = (
    _identity_codes,
    _people,
    _contacts,
    _long_sentences,
    _many_sentences,
    _shouting,
    _heavy,
)


# --- The texts together -----------------------------------------------------------------------


def _unexplained(texts: Mapping[str, str]) -> Iterator[Hint]:
    """Find short names that no text explains, each where it is first used."""
    everything = "\n".join(texts.values())
    said: set[str] = set(KNOWN_SHORT)
    for field, text in texts.items():
        if any(True for _hint in _shouting(field, text, WORDS["fi"])):
            continue
        found = 0
        for match in _SHORT.finditer(text):
            short = match[0]
            if short in said or _ROMAN.fullmatch(short) or _is_explained(short, everything):
                continue
            said.add(short)
            found += 1
            if found <= MOST_OF_A_KIND:
                yield Hint(
                    field,
                    _("“%(word)s” may be strange to students. Write it out once.")
                    % {"word": short},
                )


def _is_explained(short: str, text: str) -> bool:
    if f"({short})" in text:
        return True
    places = [match.end() for match in re.finditer(rf"\b{short}\b", text)]
    return any(text[end : end + 20].lstrip(", ").startswith(EXPLAINS) for end in places)


def _repeating(texts: Mapping[str, str]) -> Iterator[Hint]:
    title, summary = (_bare(texts.get(field, "")) for field in PUBLIC)
    if title and summary.startswith(title) and len(summary) <= len(title) * REPEATING:
        yield Hint(
            "summary",
            _("The summary says the same as the title. Tell what is the matter, and for whom."),
        )


def _without_change(texts: Mapping[str, str], words: Words) -> Iterator[Hint]:
    sought = texts.get("change_sought", "")
    asked = "\n".join((sought, *(texts.get(field, "") for field in PUBLIC)))
    if sought.strip() and "?" not in asked and not words.change.search(asked):
        yield Hint(
            "change_sought",
            _("Say what should change for people. A question helps: “How could … so that …?”"),
        )


def _sentences(text: str) -> list[str]:
    return [part for part in _SENTENCE_END.split(text) if part.strip()]


def _bare(text: str) -> str:
    return " ".join(word.casefold() for word in _WORD.findall(text))


def _quoted(sentence: str) -> str:
    line = " ".join(sentence.split())
    return line if len(line) <= QUOTED else f"{line[:QUOTED].rstrip()}…"
