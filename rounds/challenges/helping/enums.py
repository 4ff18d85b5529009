"""Closed sets of words about helping."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class QualityPoint(TextChoices):
    """What a good challenge is looked at for."""

    CLEAR = "clear", _("Is it clear?")
    ONE_PROBLEM = "one_problem", _("Is it about one problem?")
    TARGET_GROUP = "target_group", _("Is it known whom it is for?")
    CHANGE = "change", _("Is it told what changes?")
    SUPPORT = "support", _("Does the team get enough support?")


class Verdict(TextChoices):
    """What the coordinator thinks of a point."""

    GOOD = "good", _("Good as it is")
    COULD_BE_CLEARER = "clearer", _("Could be clearer")
    MISSING = "missing", _("Not told yet")
