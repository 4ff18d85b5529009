"""What a letter could say: values for the preview of a text, real ones where there are any.

Each step registers examples of its letters beside them. Without one a placeholder is filled with
what it stands for, in brackets.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.utils import translation

from minno_portal.outbox.filling import names_in, symbols
from minno_portal.outbox.kinds import Kind
from minno_portal.outbox.rendering import (
    Addressee,
    Rendered,
    Values,
    Written,
    fill,
    finished,
    greeted,
)
from minno_portal.outbox.sender import Sender


@dataclass(frozen=True, slots=True)
class Example:
    """Values for one letter, and what they were taken from.

    :param name: the recipient's.
    :param source: the challenge or round the values are real ones of; empty for invented ones.
    """

    values: Values
    name: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who would read the letter."""

    language: str
    name: str


# Makes an example for an owner of texts: a round, a partnership, or nobody.
Make = Callable[[models.Model | None], Example]

_makers: dict[str, Make] = {}


def example(*kinds: Kind) -> Callable[[Make], Make]:
    """Register what makes the examples of some kinds."""

    def register(make: Make) -> Make:
        for kind in kinds:
            _makers[kind.name] = make
        return make

    return register


def has_example(kind: Kind) -> bool:
    """Whether a step has registered an example of the kind."""
    return kind.name in _makers


def example_of(kind: Kind, owner: models.Model | None) -> Example:
    """Return an example of the kind for an owner."""
    make = _makers.get(kind.name)
    return make(owner) if make else Example(lambda _to: _brackets(kind))


def _brackets(kind: Kind) -> dict[str, str]:
    return {each.name: f"[{each.label}]" for each in kind.placeholders}


def preview(kind: Kind, language: str, source: Written, found: Example, sender: Sender) -> Rendered:
    """Return the letter that a stored text would make of an example; unknown names stay."""
    to: Addressee = Reader(language, found.name)
    with translation.override(language):
        known = greeted(found.values(to), to, sender)
        values = symbols(names_in(f"{source.subject}\n{source.text}")) | known
        return finished(fill(source, values), language)
