"""What has come of a campaign: sent, came back, visited, submitted; all computed from the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from minno_portal import clock
from minno_portal.languages import language_name
from minno_portal.spreadsheets import Value
from organisations.people.enums import Language
from rounds.call.campaigns.enums import Arrival, Status
from rounds.call.campaigns.facts import submitted_since
from rounds.call.campaigns.models import (
    Campaign,
    CampaignRecipient,
    CampaignRecipientQuerySet,
    arrival_of,
)

VISITED, SUBMITTED = "visited", "submitted"


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one language, or of all."""

    label: str
    total: int
    arrivals: Counter[Arrival]
    visited: int

    @property
    def sent(self) -> int:
        """How many a mail server has accepted, those that came back later too."""
        return self.arrivals[Arrival.SENT] + self.arrivals[Arrival.BOUNCED]

    @property
    def failed(self) -> int:
        """How many could not be sent."""
        return self.arrivals[Arrival.FAILED]

    @property
    def bounced(self) -> int:
        """How many came back."""
        return self.arrivals[Arrival.BOUNCED]

    @property
    def cancelled(self) -> int:
        """How many were not sent because the campaign was stopped, or too late."""
        return self.arrivals[Arrival.CANCELLED]

    @property
    def waiting(self) -> int:
        """How many are still to be sent, for the first time or again."""
        return self.arrivals[Arrival.WAITING] + self.arrivals[Arrival.RETRY]


@dataclass(frozen=True, slots=True)
class Results:
    """The figures of a campaign, by language and in all."""

    total: Line
    by_language: list[Line]
    submitted: int

    @property
    def done(self) -> int:
        """How many have reached their end."""
        return self.total.total - self.total.waiting

    @property
    def percent(self) -> int:
        """How much of the sending is done."""
        return 100 * self.done // self.total.total if self.total.total else 0


def results_of(campaign: Campaign) -> Results:
    """Return a campaign's figures (three queries)."""
    is_over = campaign.status != Status.SENDING
    rows = campaign.recipients.order_by().values("language", "letter__state", "is_left_out")
    arrivals: dict[str, Counter[Arrival]] = {each: Counter() for each in Language.values}
    visited: Counter[str] = Counter()
    for row in rows.annotate(count=Count("pk"), visits=Count("visited_on")):
        arrival = arrival_of(row["letter__state"], is_over=is_over or row["is_left_out"])
        arrivals[row["language"]][arrival] += row["count"]
        visited[row["language"]] += row["visits"]
    lines = [
        Line(language_name(each), arrivals[each].total(), arrivals[each], visited[each])
        for each in Language.values
        if arrivals[each]
    ]
    everything = sum(arrivals.values(), Counter())
    total = Line(_("All"), everything.total(), everything, visited.total())
    return Results(total, lines, len(_submitters(campaign)))


def _submitters(campaign: Campaign) -> set[int]:
    """Return the associations among the readers that submitted a challenge since the sending."""
    if campaign.approved_at is None:
        return set()
    since = submitted_since(campaign.round, campaign.approved_at)
    reached = campaign.recipients.filter(organisation__in=since).order_by()
    return set(reached.values_list("organisation", flat=True))


@dataclass(frozen=True, slots=True)
class Row:
    """One reader in the list of results."""

    recipient: CampaignRecipient
    arrival: Arrival
    has_submitted: bool

    @property
    def is_lost(self) -> bool:
        """Whether the letter asks for something to be done: it did not arrive."""
        return self.arrival in (Arrival.FAILED, Arrival.BOUNCED)


def choices() -> list[tuple[str, Any]]:
    """Return what the list of readers can be narrowed to."""
    return [*Arrival.choices, (VISITED, _("Visited the call")), (SUBMITTED, _("Submitted"))]


def narrowed(campaign: Campaign, state: str) -> CampaignRecipientQuerySet:
    """Return the readers of a campaign, narrowed to one of `choices`, by association."""
    found: CampaignRecipientQuerySet = campaign.recipients.select_related("organisation", "letter")
    found = found.defer("letter__text", "letter__html", "letter__subject")
    if state == VISITED:
        found = found.filter(visited_on__isnull=False)
    elif state == SUBMITTED:
        found = found.filter(organisation__in=_submitters(campaign))
    elif state:
        found = found.arrived(state)
    return found.order_by("organisation__name", "address")


def rows_of(campaign: Campaign, recipients: Iterable[CampaignRecipient]) -> Iterator[Row]:
    """Yield the lines of the list (two queries beside the readers')."""
    submitters = _submitters(campaign)
    is_over = campaign.status != Status.SENDING
    for recipient in recipients:
        state = recipient.letter.state if recipient.letter else None
        arrival = arrival_of(state, is_over=is_over or recipient.is_left_out)
        yield Row(recipient, arrival, recipient.organisation_id in submitters)


def head() -> list[str]:
    """Return the columns' names of the list as a table to keep."""
    return [
        _("Association"),
        _("Name"),
        _("E-mail address"),
        _("Language"),
        _("State"),
        _("Sent"),
        _("Visited the call"),
        _("Submitted a challenge"),
    ]


def sheet(rows: Iterator[Row]) -> Iterator[list[Value]]:
    """Yield the lines of the list as a table to keep."""
    for row in rows:
        recipient = row.recipient
        sent_at = recipient.letter.sent_at if recipient.letter else None
        yield [
            recipient.organisation.name if recipient.organisation else "",
            recipient.name,
            recipient.address,
            recipient.get_language_display(),
            str(row.arrival.label),
            sent_at.astimezone(clock.HELSINKI).date() if sent_at else None,
            recipient.visited_on,
            _("yes") if row.has_submitted else "",
        ]
