"""A person who signs in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from organisations.membership.enums import Role
from organisations.people.enums import Language


@dataclass(frozen=True, slots=True)
class Ties:
    """The ids of the organisations a person acts for, by role.

    `claimed` are those for which the person says to be a contact, not approved yet: it lets them
    reach what they have begun there themselves, and nothing else.
    """

    contact: frozenset[int]
    coordinator: frozenset[int]
    staff: frozenset[int]
    claimed: frozenset[int] = frozenset()

    @property
    def every(self) -> frozenset[int]:
        """The organisations a person belongs to in any role."""
        return self.contact | self.coordinator | self.staff

    @property
    def writing(self) -> frozenset[int]:
        """Those in whose name a person may begin a challenge."""
        return self.contact | self.claimed

    @property
    def conflicting(self) -> frozenset[int]:
        """Those whose challenges a person may not judge."""
        return self.every | self.claimed


class UserManager(BaseUserManager["User"]):
    """Makes people known by their e-mail address alone."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make a person; without `password` only the one-time code lets them in."""
        user = self.model(email=email.strip().lower(), **fields)
        if password:
            user.set_password(password)
        else:
            user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make an administrator."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """Find a person by address, whatever its letter case."""
        return self.get(email__iexact=username)


@pghistory.track(exclude=["password", "last_login", "weekly_digest_on"])
class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by an e-mail address; what they may do follows from their memberships."""

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    language = models.CharField(
        _("language of letters"), max_length=2, choices=Language.choices, default=Language.FI
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    weekly_digest = models.BooleanField(
        _("a letter every Monday about what waits for me"), default=True
    )
    # The day of the last weekly letter that this person was considered for.
    weekly_digest_on = models.DateField(null=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("email",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="address_in_small_letters"
            ),
            models.CheckConstraint(
                condition=models.Q(language__in=Language.values), name="person_language_known"
            ),
        )

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        """Keep addresses in small letters, so that one address is one person."""
        self.email = self.email.strip().lower()

    @property
    def is_staff(self) -> bool:
        """Whether the admin opens for this person: administrators and institution's staff."""
        return self.is_superuser or bool(self.ties.staff)

    def get_full_name(self) -> str:
        """Return the name to show, the address where no name is known."""
        return str(self)

    @property
    def initials(self) -> str:
        """Two letters for the round mark beside the name."""
        words = (self.name or self.email).replace(".", " ").split()
        return "".join(word[0] for word in words[:2]).upper()

    @cached_property
    def ties(self) -> Ties:
        """Ids of the organisations this person acts for (one query a request)."""
        found: dict[str, set[int]] = {role: set() for role in Role.values}
        claimed: set[int] = set()
        rows = self.memberships.values_list("organisation_id", "role", "awaits_approval")
        for organisation_id, role, awaits_approval in rows:
            (claimed if awaits_approval else found[role]).add(organisation_id)
        return Ties(
            contact=frozenset(found[Role.CONTACT]),
            coordinator=frozenset(found[Role.COORDINATOR]),
            staff=frozenset(found[Role.STAFF]),
            claimed=frozenset(claimed),
        )

    def forget_ties(self) -> None:
        """Let `ties` be asked anew: a service has just changed this person's memberships."""
        self.__dict__.pop("ties", None)
