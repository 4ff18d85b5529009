"""A person's own data in one file (GDPR 15 and 20); higher steps register what they hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minno_portal import clock
from minno_portal.outbox.models import Letter
from organisations.membership.models import Invitation
from organisations.people.models import User

Exporter = Callable[[User], Any]

_exporters: dict[str, Exporter] = {}


def exports_data(name: str) -> Callable[[Exporter], Exporter]:
    """Register a function that returns what is held of a person; use it as a decorator.

    :param name: under which it stands in the file.
    """

    def register(exporter: Exporter) -> Exporter:
        _exporters[name] = exporter
        return exporter

    return register


def data_of(user: User) -> dict[str, Any]:
    """Return everything that is held of `user`, ready for JSON."""
    parts = {name: exporter(user) for name, exporter in _exporters.items()}
    return {"made_at": clock.now(), **parts}


@exports_data("person")
def _person(user: User) -> dict[str, Any]:
    return {
        "email": user.email,
        "name": user.name,
        "phone": user.phone,
        "language": user.language,
        "weekly_digest": user.weekly_digest,
        "created_at": user.created_at,
        "last_sign_in": user.last_login,
        "is_administrator": user.is_superuser,
    }


@exports_data("memberships")
def _memberships(user: User) -> list[dict[str, Any]]:
    return [
        {
            "organisation": membership.organisation.name,
            "role": membership.role,
            "since": membership.created_at,
        }
        for membership in user.memberships.select_related("organisation").order_by("pk")
    ]


@exports_data("invitations")
def _invitations(user: User) -> list[dict[str, Any]]:
    rows = Invitation.objects.filter(email=user.email) | Invitation.objects.filter(invited_by=user)
    return [
        {
            "organisation": invitation.organisation.name,
            "role": invitation.role,
            "to": invitation.email,
            "sent_at": invitation.created_at,
            "accepted_at": invitation.accepted_at,
        }
        for invitation in rows.select_related("organisation").order_by("pk")
    ]


@exports_data("letters")
def _letters(user: User) -> list[dict[str, Any]]:
    letters = Letter.objects.filter(recipient=user.email).order_by("pk")
    return [
        dict(row) for row in letters.values("kind", "subject", "language", "created_at", "sent_at")
    ]
