"""What every view needs to ask who is there and what they may do."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from minno_portal.errors import Refused
from organisations.people.models import User


class SignedInRequest(HttpRequest):
    """A request behind `login_required`: its user is a person."""

    user: User


def require(permission: str, user: User, thing: Any) -> None:
    """Answer 403 unless `user` has `permission` for `thing`, which they are known to see.

    :raises PermissionDenied: when they have not.
    """
    if not rules.has_perm(permission, user, thing):
        raise PermissionDenied


def say_why(request: HttpRequest, refusal: Refused) -> None:
    """Show the refusal's sentence on the next page."""
    messages.error(request, str(refusal.sentence))
