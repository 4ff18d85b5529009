"""What has been said about a challenge, as its page shows it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from organisations.people.models import User
from rounds.challenges.models import Challenge, Comment


@dataclass(frozen=True, slots=True)
class Said:
    """A comment; `author` is empty when the person has left."""

    author: str
    visibility: str
    body: str
    created_at: dt.datetime


def comments_for(user: User, challenge: Challenge) -> list[Said]:
    """Return what `user`, who is known to see `challenge`, may read, the oldest first.

    One query; none for a draft, which nobody has seen.
    """
    if challenge.submitted_at is None:
        return []
    rows = Comment.objects.visible_to(user, challenge).values_list(
        "author__name", "author__email", "visibility", "body", "created_at"
    )
    return [
        Said(name or email or "", visibility, body, moment)
        for name, email, visibility, body, moment in rows
    ]
