"""Every letter in one table, for people who read the documentation: made from the kinds."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import translation

from minno_portal.outbox.kinds import Kind, every_kind

LANGUAGE = "en"


def tables() -> str:
    """Return the letters as two Markdown tables: who gets each, when, why, what is filled in.

    The first has the letters whose text coordinators can write, the second the others.
    """
    with translation.override(LANGUAGE):
        editable = [kind for kind in every_kind() if kind.is_editable]
        fixed = [kind for kind in every_kind() if not kind.is_editable]
        return "\n\n".join(
            (
                "## Coordinators can write the text\n\n" + "\n".join(_table(editable)),
                "## Always the portal’s text\n\n" + "\n".join(_table(fixed)),
            )
        )


def _table(kinds: list[Kind]) -> Iterator[str]:
    yield "| letter | who gets it | when and why | filled in |"
    yield "| --- | --- | --- | --- |"
    for kind in kinds:
        named = ", ".join(
            f"**{each.name}**" if each.is_required else each.name for each in kind.placeholders
        )
        daytime = " (on working days in the daytime)" if kind.in_daytime else ""
        yield (
            f"| {kind.label} (`{kind.name}`) | {kind.reader} | {kind.occasion}{daytime} | {named} |"
        )
