"""Closed sets of words about letters."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a letter is on its way."""

    HELD = "held", _("Waits for the coordinator")
    QUEUED = "queued", _("Waits for sending")
    SENDING = "sending", _("Being sent")
    RETRY = "retry", _("Will be tried again")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    BOUNCED = "bounced", _("Came back")
    EXPIRED = "expired", _("Out of date, not sent")
    CANCELLED = "cancelled", _("Cancelled")
