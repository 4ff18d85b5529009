"""Closed sets of words about memberships."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person does for an organisation."""

    CONTACT = "contact", _("Contact person")
    COORDINATOR = "coordinator", _("Coordinator")
    STAFF = "staff", _("Institution's staff")
