"""Closed sets of words about reminders."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Standing(TextChoices):
    """Where one reminder of a round's plan is; never stored."""

    COMING = "coming", pgettext_lazy("reminder", "Will go")
    DUE = "due", pgettext_lazy("reminder", "Goes now")
    GONE = "gone", pgettext_lazy("reminder", "Has gone")
    OFF = "off", pgettext_lazy("reminder", "Switched off")
    MISSED = "missed", pgettext_lazy("reminder", "Missed")
    NOBODY = "nobody", _("Nobody needed it")
    LEFT_OUT = "left_out", pgettext_lazy("reminder", "Left out")
