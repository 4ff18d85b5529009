"""System checks: settings that would be unsafe, or would not work, in service."""

from __future__ import annotations

from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004

from minno_portal.outbox.bounces.address import parse_address

SHORTEST_KEY = 50


@register(Tags.security)
def demo_only_with_embedded_database(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse the demo, where anybody may become anybody, on a database of its own."""
    if settings.DEMO and not settings.EMBEDDED_DATABASE:
        return [
            Error(
                "DEMO=1 works only with the embedded database.",
                hint="Unset DEMO: in the demo anybody may become any person.",
                id="portal.E001",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def addresses(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Letters hold links to SITE_URL: see that it is safe and served."""
    found: list[CheckMessage] = []
    if not settings.SITE_URL.startswith("https://"):
        found.append(
            Warning(
                "SITE_URL does not begin with https://.",
                hint="Give the address that people type, for example https://minno.example.fi.",
                id="portal.W001",
            )
        )
    host = settings.SITE_URL.partition("://")[2].partition("/")[0].partition(":")[0]
    if host not in settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        found.append(
            Warning(
                "ALLOWED_HOSTS does not name the host of SITE_URL, or allows any host.",
                hint=f"Set ALLOWED_HOSTS={host}.",
                id="portal.W002",
            )
        )
    return found


@register(Tags.security, deploy=True)
def secrets(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a key that can be guessed: with it anybody could sign in as anybody."""
    if len(settings.SECRET_KEY) >= SHORTEST_KEY and len(set(settings.SECRET_KEY)) > 10:  # noqa: PLR2004
        return []
    return [
        Error(
            f"SECRET_KEY is shorter than {SHORTEST_KEY} characters or easy to guess.",
            hint="Make one: python -c 'import secrets; print(secrets.token_urlsafe(50))'",
            id="portal.E002",
        )
    ]


@register(deploy=True)
def mail(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Letters need a sender that exists and a server that takes them."""
    found: list[CheckMessage] = []
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    if "@" not in address or address.rpartition("@")[2].startswith("example."):
        found.append(
            Warning(
                f"DEFAULT_FROM_EMAIL ({settings.DEFAULT_FROM_EMAIL}) is not a real address.",
                hint="Give an address of the organisation that runs the portal.",
                id="portal.W003",
            )
        )
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return found
    if settings.EMAIL_HOST not in ("127.0.0.1", "localhost") and not (
        settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL
    ):
        found.append(
            Warning(
                "Letters go to another machine without encryption.",
                hint="Use smtp+tls:// (STARTTLS) or smtp+ssl:// in EMAIL_URL.",
                id="portal.W004",
            )
        )
    return found


@register()
def mailbox_of_bounces(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """See that the mailbox of returned letters is named in a way that can be read."""
    if not settings.BOUNCE_IMAP_URL:
        return []
    try:
        address = parse_address(settings.BOUNCE_IMAP_URL)
    except ValueError as error:
        return [
            Error(
                f"BOUNCE_IMAP_URL is {error}.",
                hint="Write @, / and : in the user's name and the password as %40, %2F and %3A.",
                id="portal.E003",
            )
        ]
    if address.scheme == "imap" and address.host not in ("127.0.0.1", "localhost"):
        return [
            Warning(
                "The mailbox of returned letters is read without encryption.",
                hint="Use imaps:// in BOUNCE_IMAP_URL.",
                id="portal.W007",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def second_factor(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Ask for two factors from the roles that see every association's data."""
    if settings.REQUIRE_SECOND_FACTOR:
        return []
    return [
        Warning(
            "REQUIRE_SECOND_FACTOR is off.",
            hint="Unset it: coordinators, institution's staff and administrators need it.",
            id="portal.W005",
        )
    ]


@register(deploy=True)
def embedded_servers(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Name servers of their own: the embedded ones trust every process of this machine."""
    if not settings.EMBEDDED_DATABASE:
        return []
    return [
        Warning(
            "The embedded database is for the demo and for developers.",
            hint="Set DATABASE_URL and REDIS_URL.",
            id="portal.W006",
        )
    ]
