"""Closed sets of words about feedback."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Respondent(TextChoices):
    """In which role a person answers."""

    ASSOCIATION = "association", _("Association")
    TEAM = "team", _("Student team")
    TUTOR = "tutor", _("Tutor")
    COORDINATOR = "coordinator", _("Coordinator")
