"""What can be followed: published outcomes as an Atom feed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from minno_portal.outbox.addresses import site_address
from minno_portal.public_pages import public_page
from rounds.outcomes.models import Outcome

NEWEST = 50


class OutcomesFeed(Feed):  # type: ignore[type-arg]
    """The published outcomes, the newest first."""

    feed_type = Atom1Feed
    title = _("MINNO: outcomes")
    subtitle = _("What student teams have made of the associations' challenges.")

    def link(self) -> str:
        """Return the address of the page that the feed follows."""
        return site_address("public-outcomes")

    def feed_url(self) -> str:
        """Return the feed's own address."""
        return site_address("outcomes-feed")

    def feed_guid(self) -> str:
        """Return the feed's lasting identity."""
        return self.feed_url()

    def items(self) -> Iterable[Outcome]:
        """Return the outcomes that are public."""
        return Outcome.objects.public()[:NEWEST]

    def item_title(self, item: Outcome) -> str:
        """Return the outcome's title."""
        return item.title

    def item_description(self, item: Outcome) -> str:
        """Return the summary in the association's own words."""
        return item.summary

    def item_link(self, item: Outcome) -> str:
        """Return the address of the page of outcomes, at this one."""
        return f"{site_address('public-outcomes')}#outcome-{item.pk}"

    def item_guid(self, item: Outcome) -> str:
        """Return the outcome's identity, the same in every language."""
        return f"tag:minno,2022:outcome:{item.pk}"

    def item_pubdate(self, item: Outcome) -> dt.datetime | None:
        """Return when the outcome was published."""
        return item.published_at

    def item_author_name(self, item: Outcome) -> str:
        """Return whose challenge it answers."""
        return str(item.challenge.organisation)

    def item_categories(self, item: Outcome) -> tuple[str, ...]:
        """Return the kind of outcome and its round."""
        return (str(item.get_kind_display()), item.challenge.round.code)


@require_safe
@public_page(seconds=60)
def outcomes_feed(request: HttpRequest) -> HttpResponse:
    """Give the outcomes to feed readers."""
    return OutcomesFeed()(request)
