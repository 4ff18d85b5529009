"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import chain, groupby, takewhile
from operator import itemgetter

# A word with the space before it and the marks after it. Words are matched without their marks: a
# sentence that goes on after its last word changes the mark alone. The marks do not become words of
# their own, or two different sentences would seem to share their commas.
_WORD = re.compile(r"\s*\w+[^\w\s]*|\s*[^\w\s]|\s+")
_BARE = re.compile(r"\s*\w+")

# Comparing costs time by how many pairs of like words two texts have. Prose of 4,000 characters
# has some thousands; a text that repeats a few words has millions, and is replaced as a whole.
MOST_PAIRS = 50_000


class Kind(Enum):
    """What became of a piece of text."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that were all kept, all removed or all added."""

    kind: Kind
    text: str


def compare(old: str, new: str) -> list[Piece]:
    """Return how `old` became `new`: a removed piece stands before the one that replaced it.

    The kept and the removed pieces together are `old`, the kept and the added ones `new`.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    head = _shared(before, after)
    tail = _shared(before[head:][::-1], after[head:][::-1])
    pieces = [
        (Kind.KEPT, before[:head]),
        *_changes(before[head : len(before) - tail], after[head : len(after) - tail]),
        (Kind.KEPT, before[len(before) - tail :]),
    ]
    together = groupby((piece for piece in pieces if any(piece[1])), key=itemgetter(0))
    return [
        Piece(kind, "".join(chain.from_iterable(words for _kind, words in run)))
        for kind, run in together
    ]


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words two texts have in common at their beginning."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _bare(word: str) -> str:
    """Return a word without the marks after it; marks by themselves stay."""
    found = _BARE.match(word)
    return found[0] if found else word


def _changes(before: list[str], after: list[str]) -> Iterator[tuple[Kind, list[str]]]:
    old, new = [_bare(word) for word in before], [_bare(word) for word in after]
    counts, others = Counter(old), Counter(new)
    if sum(count * others[word] for word, count in counts.items()) > MOST_PAIRS:
        yield Kind.REMOVED, before
        yield Kind.ADDED, after
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield from _same_words(before[start:end], after[new_start:new_end])
        else:
            yield Kind.REMOVED, before[start:end]
            yield Kind.ADDED, after[new_start:new_end]


def _same_words(before: list[str], after: list[str]) -> Iterator[tuple[Kind, list[str]]]:
    """Tell words that are the same but perhaps for the marks after them."""
    for old, new in zip(before, after, strict=True):
        if old == new:
            yield Kind.KEPT, [old]
            continue
        word = _bare(old)
        yield Kind.KEPT, [word]
        yield Kind.REMOVED, [old[len(word) :]]
        yield Kind.ADDED, [new[len(word) :]]
