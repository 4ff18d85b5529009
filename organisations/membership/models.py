"""Who acts for which organisation, and who has been asked to."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from organisations.membership.enums import Role
from organisations.people.enums import Language


@pghistory.track()
class Membership(models.Model):
    """A person's role in an organisation; the same person may have several."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    # The person says so; until it is approved, they reach only what they have begun themselves.
    awaits_approval = models.BooleanField(_("awaits approval"), default=False)
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "organisation", "role"), name="one_membership_a_role"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="membership_role_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation} · {self.get_role_display()}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by what can still be done with them."""

    def open(self) -> InvitationQuerySet:
        """Those that can still be accepted."""
        return self.filter(accepted_at=None, expires_at__gt=clock.now())


@pghistory.track(exclude=["token_hash"])
class Invitation(models.Model):
    """A letter that asks a person to act for an organisation; the link in it works once."""

    email = models.EmailField(_("e-mail address"), max_length=254)
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="invitations",
    )
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    language = models.CharField(
        _("language of letters"), max_length=2, choices=Language.choices, default=Language.FI
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("accepted by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects: ClassVar = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="invitation_role_known"
            ),
            models.UniqueConstraint(
                fields=("email", "organisation", "role"),
                condition=models.Q(accepted_at=None),
                name="one_open_invitation_a_role",
            ),
        )

    def __str__(self) -> str:
        return f"{self.email} → {self.organisation}"
