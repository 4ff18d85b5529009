"""An address that wants no letters to many from a partnership."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from minno_portal import clock


@pghistory.track()
class Unsubscription(models.Model):
    """An address that a partnership sends no campaigns; receipts and decisions are still sent."""

    address = models.EmailField(_("e-mail address"), max_length=254)
    partnership = models.ForeignKey(
        "organisations.Partnership",
        verbose_name=_("partnership"),
        on_delete=models.CASCADE,
        related_name="unsubscriptions",
    )
    made_at = models.DateTimeField(_("unsubscribed"), default=clock.now)

    objects: ClassVar[models.Manager[Unsubscription]]

    class Meta:
        verbose_name = _("unsubscribed address")
        verbose_name_plural = _("unsubscribed addresses")
        constraints = (
            models.UniqueConstraint(
                fields=("address", "partnership"), name="one_unsubscription_an_address"
            ),
            models.CheckConstraint(
                condition=models.Q(address=Lower("address")),
                name="unsubscribed_address_in_small_letters",
            ),
        )

    def __str__(self) -> str:
        return self.address
