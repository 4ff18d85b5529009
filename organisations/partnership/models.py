"""A coordinator organisation and an institution that run rounds together."""

from __future__ import annotations

import uuid
from pathlib import PurePath
from typing import ClassVar

import pghistory
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from minno_portal.outbox.sender import Sender
from organisations.people.models import User

SIGN_OFF_LENGTH = 300
LONGEST_SENDER_NAME = 60


def logo_place(partnership: Partnership, name: str) -> str:
    """Return where a logo is stored: under a name that tells nothing and is never used again."""
    return f"logos/{uuid.uuid4().hex}{PurePath(name).suffix}"


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    """Partnerships by who may see them."""

    def visible_to(self, user: User) -> PartnershipQuerySet:
        """Those whose coordinator or staff `user` is; all for an administrator."""
        if user.is_superuser:
            return self.all()
        return self.filter(
            models.Q(coordinator__in=user.ties.coordinator)
            | models.Q(institution__in=user.ties.staff)
        )


@pghistory.track()
class Partnership(models.Model):
    """Coordinator organisation × institution: the ground on which rounds are run."""

    coordinator = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("coordinator organisation"),
        on_delete=models.PROTECT,
        related_name="coordinated",
    )
    institution = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("institution"),
        on_delete=models.PROTECT,
        related_name="hosted",
    )
    prefix = models.CharField(
        _("prefix of reference numbers"),
        max_length=12,
        unique=True,
        help_text=_("Capital letters, for example MINNO in MINNO-1-2027-03."),
    )
    agreed_from = models.DateField(_("agreement from"))
    agreed_until = models.DateField(_("agreement until"), null=True, blank=True)
    reply_to = models.EmailField(_("address for replies"))
    sign_off = models.TextField(
        _("sign-off of letters"),
        max_length=SIGN_OFF_LENGTH,
        validators=[MaxLengthValidator(SIGN_OFF_LENGTH)],
    )
    sender_name = models.CharField(
        _("sender’s name"),
        max_length=LONGEST_SENDER_NAME,
        blank=True,
        help_text=_("Stands before the portal’s address in letters."),
    )
    # Drawn anew when it is sent (see `sending`); letters on their way name old ones, so they stay.
    logo = models.FileField(_("logo in letters"), upload_to=logo_place, blank=True, editable=False)

    objects: ClassVar = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        constraints = (
            models.UniqueConstraint(
                fields=("coordinator", "institution"), name="one_partnership_a_pair"
            ),
            models.CheckConstraint(
                condition=~models.Q(coordinator=models.F("institution")),
                name="partnership_of_two",
            ),
            models.CheckConstraint(
                condition=models.Q(prefix__regex=r"^[A-Z]{2,12}$"), name="partnership_prefix_form"
            ),
            models.CheckConstraint(
                condition=models.Q(agreed_until__isnull=True)
                | models.Q(agreed_until__gt=models.F("agreed_from")),
                name="agreement_dates_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.coordinator.shown_name} × {self.institution.shown_name}"

    @cached_property
    def sender(self) -> Sender:
        """On whose behalf letters go out that the coordinator writes outside rounds."""
        return Sender(
            name=self.sender_name,
            logo=str(self.logo),
            reply_to=self.reply_to,
            sign_off=lambda: str(self.sign_off),
            house=self.pk,
            text_owners=(self,),
        )

    def is_coordinated_by(self, user: User) -> bool:
        """Whether `user` is a coordinator of this partnership."""
        return self.coordinator_id in user.ties.coordinator

    def is_hosted_by(self, user: User) -> bool:
        """Whether `user` is the institution's staff in this partnership."""
        return self.institution_id in user.ties.staff
