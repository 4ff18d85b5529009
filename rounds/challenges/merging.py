"""Two people, or two tabs, writing the same section: field by field, whose text stands."""

from __future__ import annotations

from typing import Any

from rounds.challenges.errors import Overtaken
from rounds.challenges.models import Challenge
from rounds.challenges.own_answers import PREFIX


def changes_to_save(
    challenge: Challenge, values: dict[str, Any], version: int | None
) -> dict[str, Any]:
    """Return those of `values` that are to be written over the locked `challenge`.

    What was typed over a text that nobody else touched is written; what the person left as it was
    keeps the newer text; only a field that both changed differently is a conflict.

    :param version: the version that the person had opened, or None to write whatever stands now.
    :raises Overtaken: when both changed the same field.
    """
    changed = {
        name: value
        for name, value in values.items()
        if comparable(value) != stored(challenge, name)
    }
    if version is None or version == challenge.version:
        return changed
    opened = (
        Challenge.pgh_event_model.objects.filter(  # type: ignore[attr-defined]
            pgh_obj=challenge, version=version
        )
        .order_by("-pgh_id")
        .first()
    )
    both, theirs = set(), set()
    for name, value in changed.items():
        if opened is None or name == "counties":  # what is not tracked counts as changed by both
            both.add(name)
        elif comparable(value) == stored(opened, name):
            theirs.add(name)
        elif stored(challenge, name) != stored(opened, name):
            both.add(name)
    if both:
        raise Overtaken(values, challenge, both=frozenset(both), theirs=frozenset(theirs))
    return {name: value for name, value in changed.items() if name not in theirs}


def stored(row: Any, name: str) -> Any:
    """Return what a challenge, or a row of its history, holds in field `name`, to compare."""
    if name.startswith(PREFIX):
        return row.own_answers.get(name)
    if name == "counties":
        return set(row.counties.values_list("pk", flat=True))
    return getattr(row, f"{name}_id" if name in ("fund", "objective") else name)


def comparable(value: Any) -> Any:
    """Return a typed value in the shape that `stored` gives."""
    if hasattr(value, "pk"):
        return value.pk
    if hasattr(value, "values_list"):
        return set(value.values_list("pk", flat=True))
    if isinstance(value, (list, tuple)) and value and hasattr(value[0], "pk"):
        return {item.pk for item in value}
    return value
