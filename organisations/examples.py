"""Examples of the letters about accounts and about acting for an organisation."""

from __future__ import annotations

import datetime as dt

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _

from minno_portal import clock, dates
from minno_portal.outbox.addresses import site_address
from minno_portal.outbox.examples import Example, example
from minno_portal.outbox.rendering import Addressee
from minno_portal.waiting import Waiting
from organisations.membership import letters as membership
from organisations.membership.enums import Role
from organisations.partnership import reviewing
from organisations.partnership.models import Partnership
from organisations.people import digest
from organisations.people import letters as people


def organisation_name() -> str:
    """Return the name of an association that does not exist."""
    return _("Example Association")


@example(*people.CODES.values())
def code(_owner: Model | None) -> Example:
    """Show a code that opens nothing."""
    return Example(lambda _to: {"code": "BCDFGH", "minutes": people.minutes(people.CODE_MINUTES)})


@example(*people.PLAIN.values())
def plain(_owner: Model | None) -> Example:
    """Show an address that somebody has typed."""
    return Example(lambda _to: {"address": "name@example.org"})


@example(people.NOTICE)
def notice(_owner: Model | None) -> Example:
    """Show one of the changes that are told."""
    return Example(
        lambda _to: {
            "what": people.NOTICES["key-added"],
            "moment": dates.moment(clock.now()),
        }
    )


@example(membership.INVITATION)
def invitation(_owner: Model | None) -> Example:
    """Show a colleague's invitation; its link is hidden."""
    return Example(
        lambda _to: {
            "organisation": organisation_name(),
            "invited": _("%(inviter)s invites you to the MINNO portal.")
            % {"inviter": "Aino Virtanen"},
            "role": Role.CONTACT.label,
            "url": site_address("invitation", "****"),
            "moment": dates.deadline(clock.now() + dt.timedelta(days=14)),
        }
    )


@example(membership.CLAIM, membership.APPROVED, membership.REFUSED)
def claim(_owner: Model | None) -> Example:
    """Show a newcomer."""
    return Example(
        lambda _to: {
            "organisation": organisation_name(),
            "person": "Aino Virtanen (aino.virtanen@example.org)",
            "url": site_address("desk"),
        }
    )


@example(reviewing.REVIEW)
def ground_rules(owner: Model | None) -> Example:
    """Show the review of the partnership, or of one that does not exist."""
    partnership = owner if isinstance(owner, Partnership) else None
    day = clock.today() + reviewing.NOTICE

    return Example(
        lambda _to: {
            "coordinator": partnership.coordinator.shown_name if partnership else "SOSTE",
            "institution": partnership.institution.shown_name if partnership else "Metropolia",
            "day": dates.weekday_day(day),
        }
    )


@example(digest.DIGEST)
def weekly_digest(_owner: Model | None) -> Example:
    """Show one thing that waits."""

    def values(to: Addressee) -> dict[str, str]:
        text = _("A challenge waits to be read: %(title)s") % {
            "title": _("How do we notice loneliness in time?")
        }
        return digest.digest_values([Waiting(text, reverse("desk"))], to)

    return Example(values, "Aino Virtanen")
