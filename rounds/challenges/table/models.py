"""A person's own views of the table."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from minno_portal import clock

NAME_LENGTH = 60
QUERY_LENGTH = 500


class SavedView(models.Model):
    """Filters, order and columns under a name; the same view serves every round."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="saved_views",
    )
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    query = models.CharField(_("filters"), max_length=QUERY_LENGTH, blank=True)
    created_at = models.DateTimeField(_("created"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=("user", "name"), name="one_saved_view_a_name"),
        )

    def __str__(self) -> str:
        return self.name
