"""What happens around every request."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import pghistory
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from minno_portal import public_pages
from minno_portal.health.views import live, ready

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class HealthMiddleware:
    """Answer whatever watches the portal before anything else.

    Liveness then tells of the process alone; both may be asked by any host name, without TLS.
    """

    views: ClassVar = {"/healthz/live": live, "/healthz/ready": ready}

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, or pass on."""
        view = self.views.get(request.path)
        return view(request) if view else self.get_response(request)


class PublicPageCache:
    """Serve public pages to strangers as they were kept; whoever has a session gets a page made."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the kept page, or pass on and keep the answer if its view allows."""
        if not public_pages.may_be_kept(request):
            return public_pages.make_private(self.get_response(request))
        page, generation = public_pages.look_up(request.get_full_path())
        if page:
            return page.answer(request)
        response = public_pages.keep(request, self.get_response(request), generation)
        return public_pages.make_private(response)


class HistoryContextMiddleware:
    """Write who acts into the history of every row that a request changes."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Open the context for requests that may change something."""
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request)
        user = request.user.pk if request.user.is_authenticated else None
        with pghistory.context(user=user, url=request.path):
            return self.get_response(request)
