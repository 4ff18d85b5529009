"""Closed sets of words about organisations."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What sort of organisation it is."""

    ASSOCIATION = "association", _("Association")
    INSTITUTION = "institution", _("Educational institution")
