"""The kinds of letters: each step declares its own, and every page about letters reads them here.

A kind's default text is `templates/letters/<name>.txt` with its subject beside it. These are flat:
they name placeholders (`{{ title }}`) and nothing else, so that a coordinator's own text can name
the same ones. What depends on circumstances is a value that may be empty, never an `if`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A named part of a text that the portal fills in: `{title}`.

    :param label: what stands there, in words.
    :param is_required: a text without it would be worth nothing (a link, a reason).
    """

    name: str
    label: Text
    is_required: bool = False


# Every letter greets and ends; both are the portal's to fill in and the coordinator's to leave out.
GREETING = Placeholder("greeting", _("greeting with the recipient’s name"))
SIGN_OFF = Placeholder("sign_off", _("sign-off"))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of letter: what it is called, who gets it, when and why, and what can be filled in.

    :param name: names the templates; stands in the outbox's rows.
    :param reader: who gets it.
    :param occasion: when it goes out, and why.
    :param placeholders: beside the greeting and the sign-off.
    :param is_editable: whether coordinators may have a text of their own.
    :param in_daytime: goes out on working days in the daytime only.
    :param is_of_round: goes out in a round; if not, a round's own text would never be used.
    """

    name: str
    label: Text
    reader: Text
    occasion: Text
    placeholders: tuple[Placeholder, ...] = ()
    is_editable: bool = True
    in_daytime: bool = False
    is_of_round: bool = True

    @property
    def every_placeholder(self) -> tuple[Placeholder, ...]:
        """Everything that the kind's text may name."""
        return (GREETING, *self.placeholders, SIGN_OFF)


_kinds: dict[str, Kind] = {}


def letter_kind(kind: Kind) -> Kind:
    """Register a kind and return it; use it at the top of letters.py.

    :raises ValueError: when two kinds have one name.
    """
    if kind.name in _kinds:
        raise ValueError(f"two kinds of letters are called {kind.name}")
    _kinds[kind.name] = kind
    return kind


def every_kind() -> Iterable[Kind]:
    """Return the kinds in the order in which the steps declare them."""
    return _kinds.values()


def kind_called(name: str) -> Kind | None:
    """Return the kind of that name, None when there is none (any more)."""
    return _kinds.get(name)
