"""Pages that look the same to every stranger: kept whole in Redis, forgotten when data changes.

A view says `@public_page(seconds=60)`; a step says `depends_on(Round)` in its handlers.py, or calls
`forget()` in a service that changes rows without signals.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.conf import settings
from django.core.cache import cache
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from redis.exceptions import RedisError

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

GENERATION_KEY = "public:generation"
SECONDS_MARK = "public_seconds"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Page:
    """A kept page, and the generation of data that it was made from."""

    generation: int | None
    headers: tuple[tuple[str, str], ...]
    content: bytes

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """Return the page, or 304 where the browser has it already."""
        is_head = request.method == "HEAD"
        response = HttpResponse(b"" if is_head else self.content)
        del response.headers["Content-Type"]
        for name, value in self.headers:
            response.headers[name] = value
        conditional = get_conditional_response(
            request, etag=response.headers["ETag"], response=response
        )
        return cast("HttpResponseBase", conditional)


def public_page(seconds: int) -> Callable[[View[P]], View[P]]:
    """Mark a view's answer as one that every stranger may be given for `seconds`.

    The page must have no form with a CSRF token: an answer that sets a cookie is never kept.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            response = view(request, *args, **kwargs)
            setattr(response, SECONDS_MARK, seconds)
            return response

        return run

    return decorate


def forget() -> None:
    """Forget every kept page as soon as the present transaction is committed."""
    transaction.on_commit(_start_new_generation)


def depends_on(*senders: type[models.Model]) -> None:
    """Forget every kept page whenever a row of these models is saved or deleted."""
    for sender in senders:
        for signal in (post_save, post_delete):
            signal.connect(
                _forget_on_signal, sender=sender, dispatch_uid=f"public:{sender.__name__}"
            )


def _forget_on_signal(sender: type[models.Model], **kwargs: Any) -> None:
    forget()


def _start_new_generation() -> None:
    try:
        cache.set(GENERATION_KEY, time.time_ns(), timeout=None)
    except RedisError:
        logger.warning("Redis does not answer: public pages may be old for a minute")


# --- What the middleware asks -----------------------------------------------------------------


def may_be_kept(request: HttpRequest) -> bool:
    """Tell whether a stranger asks for a plain page; queries have no end and are not kept."""
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not request.META.get("QUERY_STRING")
        and "HTTP_HX_REQUEST" not in request.META
    )


def look_up(path: str) -> tuple[Page | None, int | None]:
    """Return the kept page of a path, if fresh, and the present generation: one round trip."""
    key = _key(path)
    try:
        found = cache.get_many([GENERATION_KEY, key])
    except RedisError:
        logger.warning("Redis does not answer: public pages are made anew for everybody")
        return None, None
    page, generation = found.get(key), found.get(GENERATION_KEY)
    return (page if page and page.generation == generation else None), generation


def keep(
    request: HttpRequest, response: HttpResponseBase, generation: int | None
) -> HttpResponseBase:
    """Keep an answer that its view has marked and that is the same for everybody; return it.

    :param generation: the generation as it was before the page was made.
    """
    seconds = getattr(response, SECONDS_MARK, None)
    if seconds is None or request.method != "GET" or not _same_for_all(response):
        return response
    page = Page(generation, _headers(cast("HttpResponse", response)), _content(response))
    try:
        cache.set(_key(request.get_full_path()), page, timeout=seconds)
    except RedisError:
        logger.warning("Redis does not answer: a public page was not kept")
    return page.answer(request)


def make_private(response: HttpResponseBase) -> HttpResponseBase:
    """Tell browsers and proxies that an answer is one person's, unless its view has said more."""
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, private=True, no_cache=True)
    return response


def _same_for_all(response: HttpResponseBase) -> bool:
    if response.status_code != 200 or response.streaming:  # noqa: PLR2004
        return False
    if response.cookies:
        logger.warning("a public page sets a cookie and is not kept: has it a form?")
        return False
    return True


def _headers(response: HttpResponse) -> tuple[tuple[str, str], ...]:
    digest = hashlib.blake2b(response.content, digest_size=12).hexdigest()
    response.headers["ETag"] = f'"{digest}"'
    response.headers["Content-Length"] = str(len(response.content))
    # Browsers ask each time whether the page is still the same: a 304 costs next to nothing.
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    patch_vary_headers(response, ["Cookie"])
    return tuple(response.headers.items())


def _content(response: HttpResponseBase) -> bytes:
    return cast("HttpResponse", response).content


def _key(path: str) -> str:
    return f"public:page:{hashlib.blake2b(path.encode(), digest_size=16).hexdigest()}"
