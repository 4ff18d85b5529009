"""The life of a challenge as a picture: made from the table, never drawn by hand."""

from __future__ import annotations

from rounds.challenges.enums import Status
from rounds.challenges.transitions import TABLE


def mermaid() -> str:
    """Return the transition table as a mermaid state diagram, in the order of the table."""
    order = {status: place for place, status in enumerate(Status.values)}
    lines = ["stateDiagram-v2", "    [*] --> draft"]
    for row in TABLE:
        lines += [
            f"    {source} --> {row.target}: {row.action}"
            for source in sorted(row.sources, key=lambda status: order[status])
        ]
    lines += [f"    {status} --> [*]" for status in Status.values if _is_final(status)]
    return "\n".join(lines)


def _is_final(status: str) -> bool:
    return not any(status in row.sources for row in TABLE)


def table() -> str:
    """Return the transition table as Markdown: action, from, to, permission, letter."""
    order = {status: place for place, status in enumerate(Status.values)}
    lines = ["| action | from | to | permission | letter |", "| --- | --- | --- | --- | --- |"]
    for row in TABLE:
        sources = ", ".join(sorted(row.sources, key=lambda status: order[status]))
        letter = row.letter or "–"
        lines.append(f"| {row.action} | {sources} | {row.target} | {row.permission} | {letter} |")
    return "\n".join(lines)
