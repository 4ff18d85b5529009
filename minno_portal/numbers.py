"""Numbers that stand in addresses and forms, where anybody can write anything."""

from __future__ import annotations

# More digits than any version of a challenge has.
VERSION_DIGITS = 4
# More digits than a row of the tables that grow slowly has.
KEY_DIGITS = 9


def whole_number(text: str, *, digits: int) -> int | None:
    """Return the number that a text names; None where it names none, or one that is too long.

    `str.isdigit` alone lets signs such as ² through, and the database takes no endless numbers.
    """
    is_number = text.isascii() and text.isdigit() and len(text) <= digits
    return int(text) if is_number else None
