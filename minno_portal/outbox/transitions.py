"""What a person may do to a letter, by its state; delivery moves it in between by itself."""

from __future__ import annotations

from minno_portal.outbox.enums import State
from minno_portal.outbox.models import Letter
from minno_portal.transitions import Transition, TransitionTable

S = State
HANDLE = "outbox.handle_letter"

TABLE = TransitionTable(
    Transition("edit", frozenset({S.HELD}), S.HELD, HANDLE),
    Transition("let_go", frozenset({S.HELD}), S.QUEUED, HANDLE),
    Transition("cancel", frozenset({S.HELD, S.QUEUED, S.RETRY}), S.CANCELLED, HANDLE),
    # The letter stays as it is, for it tells what happened; a new one goes its own way.
    Transition(
        "send_again", frozenset({S.FAILED, S.BOUNCED, S.EXPIRED, S.CANCELLED}), S.QUEUED, HANDLE
    ),
    # Nothing more can be done: it no longer stands on the first page.
    Transition("settle", frozenset({S.FAILED}), S.FAILED, HANDLE),
    Transition("settle", frozenset({S.BOUNCED}), S.BOUNCED, HANDLE),
)

# What cannot be done without a text.
_NEED_TEXT = frozenset({"edit", "send_again"})


def open_actions(letter: Letter, *, actor: object) -> list[str]:
    """Return what `actor` may do to the letter now, in the order of the table."""
    return [
        action
        for action in TABLE.open_actions(letter, actor=actor)
        if not (action in _NEED_TEXT and _lacks_text(action, letter))
        and not (action == "settle" and letter.settled_at)
    ]


def _lacks_text(action: str, letter: Letter) -> bool:
    """A secret text is never shown, so nobody edits it; an emptied one cannot be sent."""
    return letter.is_emptied or (action == "edit" and letter.is_secret)
