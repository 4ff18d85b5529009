"""What every view needs to ask who is there and what they may do."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict

from minno_portal.errors import NotAllowed, Refused
from organisations.people.models import User


class SignedInRequest(HttpRequest):
    """A request behind `login_required`: its user is a person."""

    user: User


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with, also when it was sent empty; None on a mere look."""
    return request.POST if request.method == "POST" else None


def require(permission: str, user: User, thing: Any) -> None:
    """Answer 403 unless `user` has `permission` for `thing`, which they are known to see.

    :raises PermissionDenied: when they have not.
    """
    if not rules.has_perm(permission, user, thing):
        raise PermissionDenied


def require_to(permission: str, actor: User, thing: Any = None) -> None:
    """Refuse, in a service, unless `actor` has `permission` for `thing`.

    :raises NotAllowed: when they have not.
    """
    if not rules.has_perm(permission, actor, thing):
        raise NotAllowed


def say_why(request: HttpRequest, refusal: Refused) -> None:
    """Show the refusal's sentence on the next page."""
    messages.error(request, str(refusal.sentence))
