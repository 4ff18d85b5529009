"""How many browsers at one network address may have texts kept before anybody signs in.

Each keeps a few texts at most (see `kept`), and these may change as often as their writer likes:
only a new browser takes new room. The address is the visitor's as allauth tells it, the same that
is counted at signing in.
"""

from __future__ import annotations

import logging
from typing import Final

from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from redis.exceptions import RedisError

from minno_portal.errors import Refused

# The name of the limit in the setting ACCOUNT_RATE_LIMITS.
ACTION: Final = "keep_text"
COUNTED: Final = "keeps_texts"

logger = logging.getLogger(__name__)


class TooManyKept(Refused):
    """So many have begun to write at this address lately that it is hardly people."""

    sentence = _(
        "Many people have begun to write from your network in a short time, so your text is not "
        "saved yet. It is still on this page: sign in in another tab, or wait for a while, and "
        "then save it."
    )


def allow_keeping(request: HttpRequest) -> None:
    """Count a browser of somebody who has not signed in, when it first has something kept.

    :raises TooManyKept: when there have been too many of them.
    """
    if request.user.is_authenticated or request.session.get(COUNTED):
        return
    try:
        is_allowed = ratelimit.consume(request, action=ACTION)
    except RedisError:
        logger.warning("Redis does not answer: texts are kept without counting them")
        return
    if not is_allowed:
        raise TooManyKept
    request.session[COUNTED] = True
