"""What can be followed: calls as an Atom feed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from minno_portal import dates
from minno_portal.outbox.addresses import site_address
from minno_portal.public_pages import public_page
from rounds.planning.models import Round

NEWEST = 20


class CallsFeed(Feed):  # type: ignore[type-arg]
    """The calls, the newest first; a new one appears when its round is published."""

    feed_type = Atom1Feed
    title = gettext_lazy("MINNO: calls for challenges")
    subtitle = gettext_lazy("Calls in which associations give challenges to student teams.")

    def link(self) -> str:
        """Return the address of the page that the feed follows."""
        return site_address("public-rounds")

    def feed_url(self) -> str:
        """Return the feed's own address."""
        return site_address("calls-feed")

    def feed_guid(self) -> str:
        """Return the feed's lasting identity."""
        return self.feed_url()

    def items(self) -> Iterable[Round]:
        """Return the published rounds, the newest call first."""
        rounds: Iterable[Round] = Round.objects.published().order_by("-call_opens_at", "-pk")[
            :NEWEST
        ]
        return rounds

    def item_title(self, item: Round) -> str:
        """Return for example “Call for challenges 1/2027, open until …”."""
        return _("Call for challenges %(code)s, open until %(closes)s") % {
            "code": item.code,
            "closes": dates.deadline(item.call_closes_at),
        }

    def item_description(self, item: Round) -> str:
        """Return the dates, and the coordinator's text where there is one."""
        told = _(
            "The call is open from %(opens)s until %(closes)s. Kick-off %(kickoff)s, "
            "MINNO-fest %(fest)s."
        ) % {
            "opens": dates.day(item.call_opens_at),
            "closes": dates.deadline(item.call_closes_at),
            "kickoff": dates.day(item.kickoff_on),
            "fest": dates.day(item.fest_on),
        }
        return f"{item.intro}\n\n{told}" if item.intro else told

    def item_link(self, item: Round) -> str:
        """Return the address of the round's page."""
        return site_address("public-round", item.slug)

    def item_guid(self, item: Round) -> str:
        """Return the round's identity, the same in every language."""
        return f"tag:minno,2022:round:{item.slug}"

    def item_pubdate(self, item: Round) -> dt.datetime | None:
        """Return when the round was published."""
        return item.published_at

    def item_author_name(self, item: Round) -> str:
        """Return who runs the round."""
        return str(item.partnership.coordinator)


@require_safe
@public_page(seconds=60)
def calls_feed(request: HttpRequest) -> HttpResponse:
    """Give the calls to feed readers."""
    return CallsFeed()(request)
