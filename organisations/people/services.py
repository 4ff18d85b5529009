"""What happens to people: they are known by an address, tell of themselves, and are forgotten."""

from __future__ import annotations

import datetime as dt

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps

from minno_portal import clock
from minno_portal.services import service
from organisations.people.enums import Language
from organisations.people.letters import queue_notice
from organisations.people.models import User
from organisations.people.permissions import require_administrator, require_self

UNUSED_DAYS = 7


@service
def ensure_person(email: str, *, language: str) -> User:
    """Return the person with this address; a new one gets an account without a password.

    :param language: of the page the address was written on; becomes a new person's language.
    """
    address = email.strip().lower()
    known = language if language in Language.values else Language.FI
    user, is_new = User.objects.get_or_create(email=address, defaults={"language": known})
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    if not EmailAddress.objects.filter(user=user).exists():
        EmailAddress.objects.get_or_create(user=user, email=address, defaults={"primary": True})
    return user


@service
def update_person(
    user_id: int,
    *,
    name: str,
    phone: str,
    language: str,
    actor: User,
    weekly_digest: bool | None = None,
) -> User:
    """Store what a person tells of themselves.

    :param weekly_digest: whether they want the weekly letter; None leaves it as it is.
    :raises NotAllowed: when it is somebody else.
    """
    user = User.objects.select_for_update().get(pk=user_id)
    require_self(actor, user)
    user.name, user.phone, user.language = name, phone, language
    if weekly_digest is not None:
        user.weekly_digest = weekly_digest
    user.save(update_fields=["name", "phone", "language", "weekly_digest"])
    return user


@service
def make_administrator(email: str, *, name: str = "", language: str = "fi") -> User:
    """Make a person an administrator, from the server's command line; safe to repeat."""
    user = ensure_person(email, language=language)
    user.is_superuser = True
    user.name = user.name or name
    user.save(update_fields=["is_superuser", "name"])
    return user


@service
def remove_second_factor(user_id: int, *, actor: User) -> int:
    """Take away a person's second factor, whose telephone is lost, and tell them.

    :returns: how many authenticators there were.
    :raises NotAllowed: when the actor is no administrator.
    """
    require_administrator(actor)
    user = User.objects.select_for_update().get(pk=user_id)
    removed, _by_model = Authenticator.objects.filter(user=user).delete()
    if removed:
        queue_notice("second-factor-removed", user)
    return int(removed)


@service
def forget_unused_people() -> int:
    """Remove addresses that somebody wrote in the sign-in field and never signed in with.

    :returns: how many were removed, with their history.
    """
    unused = User.objects.filter(
        last_login=None,
        is_superuser=False,
        memberships=None,
        created_at__lt=clock.now() - dt.timedelta(days=UNUSED_DAYS),
    )
    ids = list(unused.values_list("pk", flat=True))
    User.objects.filter(pk__in=ids).delete()
    events = apps.get_model("organisations", "UserEvent")
    events.objects.filter(pgh_obj_id__in=ids).delete()
    return len(ids)
