"""One line of the table of figures: what was measured, its bar, and whether the bar held."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]


def row(
    figure: str,
    value: float,
    bar: float | None = None,
    *,
    unit: str = "",
    exact: bool = False,
    held: bool | None = None,
) -> Row:
    """Return one row.

    :param bar: the most that the value may be; None where it is only told.
    :param exact: whether the value has to be the bar, no less.
    :param held: given where neither tells whether the bar held.
    """
    if held is None:
        held = bar is None or (value == bar if exact else value <= bar)
    return {"figure": figure, "value": round(value, 2), "unit": unit, "bar": bar, "held": held}
