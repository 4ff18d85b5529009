"""The rounds of a year, their people, and what these people do in which hour.

What happens is written straight to the database: it is reminders that are tried here. Beside each
deed stands what it makes due, worked out from the dates alone and not by the portal's rules.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field

from dev.reminder_year.expected import Expected, Window
from dev.reminder_year.people import Party, make_party
from dev.reminder_year.story import Story
from organisations.models import Organisation
from rounds.challenges.models import Challenge
from rounds.planning.calendar import lay_out
from rounds.planning.models import Round

Deed = Callable[[], object]
HOUR = dt.timedelta(hours=1)


@dataclass
class World:
    """Everything that is going to happen, by moment, and what it makes due."""

    chance: random.Random
    party: Party = field(default_factory=make_party)
    deeds: list[tuple[dt.datetime, Deed]] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)

    def at(self, moment: dt.datetime, deed: Deed) -> None:
        """Let something happen at a moment."""
        self.deeds.append((moment, deed))

    def hour_between(self, first: dt.datetime, last: dt.datetime) -> dt.datetime:
        """Return a full hour at random."""
        hours = max(int((last - first) / HOUR), 1)
        return first + self.chance.randrange(hours) * HOUR

    def expects(
        self,
        key: str,
        window: Window,
        *,
        since: dt.datetime | None = None,
        until: dt.datetime | None = None,
    ) -> None:
        """Note that something is to be told in a window, while it is true."""
        self.expected.append(
            Expected(key, window, since or window.first, until or window.expires_at)
        )

    def add_round(self, number: int, form: str, kickoff_on: dt.date, giving: int) -> None:
        """Add a round in which so many associations begin a challenge."""
        dates = lay_out(form, kickoff_on)
        round_ = Round.objects.create(
            partnership=self.party.partnership,
            year=kickoff_on.year,
            number=number,
            slug=f"minno-{number}-{kickoff_on.year}",
            form=form,
            capacity=4,
            published_at=dates.call_opens_at,
            **dates.as_fields(),
        )
        Story(self, round_, [self._draft(round_, place) for place in range(giving)]).tell()

    def _draft(self, round_: Round, place: int) -> Challenge:
        name = f"Järjestö {place} ry"
        organisation, _made = Organisation.objects.get_or_create(name=name)
        return Challenge.objects.create(
            round=round_,
            organisation=organisation,
            title=f"Haaste {place} kierroksella {round_.code}",
            contact_name=f"Yhdyshenkilö {place}",
            contact_email=f"yhdyshenkilo{place}@example.org",
            created_at=self.hour_between(round_.call_opens_at, round_.call_closes_at),
        )
