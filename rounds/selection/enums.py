"""Closed sets of words about choosing."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from rounds.challenges.enums import Status

# What is assessed independently: views are waited for, and nobody's may lean on the others'.
ASSESSED_APART = frozenset({Status.SUBMITTED, Status.NEEDS_COMPLETION})
# What is still being weighed: a view can be given, also when a packet has gone without it.
ASSESSABLE = ASSESSED_APART | {Status.PROPOSED}


class Party(TextChoices):
    """The two parties that choose together."""

    COORDINATOR = "coordinator", _("Coordinator")
    INSTITUTION = "institution", _("Institution")


class Outcome(TextChoices):
    """What is decided of a challenge; the values are those of `challenges.enums.Status`."""

    CONFIRMED = "confirmed", _("Confirmed")
    RESERVE = "reserve", _("In reserve")
    NOT_SELECTED = "not_selected", _("Not selected")


class Answer(TextChoices):
    """What the institution answers to a proposal."""

    AGREE = "agree", _("We agree")
    CHANGE = "change", _("We ask for a change")
    DISAGREE = "disagree", _("We do not agree")


class StandsAside(TextChoices):
    """Why a person does not assess a challenge."""

    CONFLICT = "conflict", _("Conflict of interest")
    ABSTAINS = "abstains", _("Abstains")
