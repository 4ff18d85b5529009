"""What search engines are told: the public pages in three languages, and what is not for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from minno_portal.public_pages import public_page
from rounds.planning.models import Round

PAGES = (
    "landing",
    "public-rounds",
    "public-outcomes",
    "how-it-works",
    "questions",
    "terms",
    "accessibility",
    "privacy",
    "cookies",
)
# Working pages and personal links: nothing of theirs is for strangers.
NOT_FOR_ROBOTS = ("/accounts/", "/admin/", "/challenges/", "/desk/", "/feedback/", "/manage/")


class _Pages(Sitemap):  # type: ignore[type-arg]
    """Addresses in every language, at the portal's own host."""

    i18n = True
    alternates = True
    x_default = True
    protocol = urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        """Return the portal's host, whatever the request calls it."""
        return str(urlsplit(settings.SITE_URL).netloc)

    def items(self) -> Iterable[Any]:
        """Return the names of pages that always are there."""
        return PAGES

    def location(self, item: Any) -> str:
        """Return the path of a page."""
        return reverse(item)


class _Rounds(_Pages):
    """The pages of published rounds, and their forms."""

    def items(self) -> Iterable[Any]:
        """Return pages of rounds by name and argument."""
        rounds = Round.objects.published().order_by("-kickoff_on", "-pk")
        return [(name, round_) for round_ in rounds for name in ("public-round", "public-form")]

    def location(self, item: Any) -> str:
        """Return the path of a round's page."""
        name, round_ = item
        return reverse(name, args=[round_.slug])


@require_safe
@public_page(seconds=60)
def sitemap_file(request: HttpRequest) -> HttpResponse:
    """List the public pages."""
    return sitemap(request, {"pages": _Pages, "rounds": _Rounds}).render()


@require_safe
@public_page(seconds=60)
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots where the list is, and what is not for them (RFC 9309)."""
    prefixes = ["", *(f"/{code}" for code, _name in settings.LANGUAGES if code != "fi")]
    closed = [f"Disallow: {prefix}{path}" for prefix in prefixes for path in NOT_FOR_ROBOTS]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
