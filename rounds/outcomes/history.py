"""What the outcomes add to a challenge's history."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from rounds.challenges.helping.history.sources import Event, Line, Looking, Source, columns, to_all
from rounds.outcomes.models import Outcome


def _tell_outcome(event: Event, looking: Looking) -> Iterator[Line]:
    """The association is told of what everybody may read."""
    outcome = {"title": event.data["title"]}
    if event.is_new and not looking.is_association:
        yield Line(_("Recorded the outcome “%(title)s”") % outcome)
    if event.became("published_at"):
        yield Line(_("Published the outcome “%(title)s”") % outcome)
    elif event.changed("published_at") and not event.data["published_at"]:
        yield Line(_("Hid the outcome “%(title)s”") % outcome)


SOURCES = (Source("outcome", Outcome, columns("title", "published_at"), to_all, _tell_outcome),)
