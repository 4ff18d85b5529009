"""What the projects add to a challenge's history."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from rounds.challenges.helping.history.sources import (
    Event,
    Line,
    Looking,
    Source,
    columns,
    to_parties,
)
from rounds.projects.models import Team


def _tell_team(event: Event, looking: Looking) -> Iterator[Line]:
    sentence = _("Added the team %(team)s") if event.is_new else _("Changed the team %(team)s")
    yield Line(sentence % {"team": event.data["name"]})


SOURCES = (Source("team", Team, columns("name"), to_parties, _tell_team),)
