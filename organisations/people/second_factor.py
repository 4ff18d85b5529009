"""Whose role needs a second factor, who has one, and who has passed it."""

from __future__ import annotations

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from organisations.people.models import User

# Recovery codes are a way back to a factor, not a factor of their own.
KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def needs_second_factor(user: User) -> bool:
    """Whether the person coordinates, answers for an institution or administers."""
    return user.is_superuser or bool(user.ties.coordinator or user.ties.staff)


def has_second_factor(user: User, *, besides: int | None = None) -> bool:
    """Whether the person has an authenticator app or a passkey (other than number `besides`)."""
    found = Authenticator.objects.filter(user=user, type__in=KINDS).exclude(pk=besides)
    return bool(found.exists())


def passed_second_factor(request: HttpRequest) -> bool:
    """Whether this session has seen a second factor of its person; asks the session alone."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)


def way_to_pass(user: User) -> str:
    """Return the name of the page where the person shows the second factor they have."""
    if Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        return "mfa_reauthenticate"
    return "mfa_reauthenticate_webauthn"


def remember_new_factor(
    request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: object
) -> None:
    """Count a factor that was just set up, and thereby shown, as passed in this session."""
    if authenticator.type in KINDS:
        record_authentication(
            request,
            user,
            "mfa",
            id=authenticator.pk,
            type=authenticator.type,
            reauthenticated=True,
        )
