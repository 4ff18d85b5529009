"""Closed sets of words about campaigns."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    """What a campaign is for; each has a kind of letter with a text of its own."""

    CALL = "call", _("Call announcement")
    LAST_WEEK = "last-week", _("Last week of the call")
    CHOSEN = "chosen", _("Challenges chosen")
    FEST = "fest", _("Invitation to the MINNO-fest")
    OUTCOMES = "outcomes", _("News about the outcomes")
    OTHER = "other", _("Something else")


class Status(TextChoices):
    """Where a campaign is on its way."""

    DRAFT = "draft", _("Draft")
    HELD = "held", _("Ready, waits for sending")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    STOPPED = "stopped", _("Stopped")


class Readers(TextChoices):
    """Which people of an association a campaign goes to."""

    ALL = "all", _("Contact people of the register, and people with an account")
    CONTACTS = "contacts", _("Contact people of the register")
    PEOPLE = "people", _("People with an account")


class Reason(TextChoices):
    """Why somebody in the register is left out."""

    NOBODY = "nobody", _("No contact person")
    AWAITS_APPROVAL = "awaits-approval", _("Waits for approval in the register")
    NO_MAIL = "no-mail", _("Must not be mailed")
    UNSUBSCRIBED = "unsubscribed", _("Has unsubscribed")
    DEAD = "dead", _("Letters come back from the address")
    TWICE = "twice", _("Gets the letter already through another association")


class Arrival(TextChoices):
    """What has become of the letter to one reader."""

    WAITING = "waiting", _("Not sent yet")
    SENT = "sent", _("Sent")
    RETRY = "retry", _("Will be tried again")
    FAILED = "failed", _("Failed")
    BOUNCED = "bounced", _("Came back")
    CANCELLED = "cancelled", _("Not sent")
