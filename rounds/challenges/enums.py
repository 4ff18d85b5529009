"""Closed sets of words about challenges."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """The life of a challenge; what the association is told is `Challenge.told_status`."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    NEEDS_COMPLETION = "needs_completion", _("Needs completion")
    PROPOSED = "proposed", _("Proposed")
    CONFIRMED = "confirmed", _("Confirmed")
    RESERVE = "reserve", _("In reserve")
    NOT_SELECTED = "not_selected", _("Not selected")
    RUNNING = "running", _("Under way")
    COMPLETED = "completed", _("Completed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# What is decided of a challenge; each decision is told anew.
OUTCOMES = frozenset({Status.CONFIRMED, Status.RESERVE, Status.NOT_SELECTED})
# What a decision has settled; each needs a decider and a time.
DECIDED = OUTCOMES | {Status.RUNNING, Status.COMPLETED}
# What takes one of the round's places.
TAKES_PLACE = frozenset({Status.CONFIRMED, Status.RUNNING, Status.COMPLETED})
# What the association may write in.
EDITABLE = frozenset({Status.DRAFT, Status.NEEDS_COMPLETION})


class ToldStatus(TextChoices):
    """What a status is called towards the association, before decisions are announced."""

    CONSIDERED = "considered", _("Being considered")


class Output(TextChoices):
    """What the association hopes the team to make."""

    CONCEPT = "concept", _("Concept")
    SERVICE_MODEL = "service_model", _("Service model")
    PROTOTYPE = "prototype", _("Prototype")
    PROJECT_IDEA = "project_idea", _("Project idea")
    COMMUNICATION = "communication", _("Communication material")
    OTHER = "other", _("Something else")


class Field(TextChoices):
    """The fields of study whose students the association hopes for."""

    SOCIAL = "social", _("Social services")
    HEALTH = "health", _("Health care and nursing")
    REHABILITATION = "rehabilitation", _("Rehabilitation and functioning")
    BUSINESS = "business", _("Business")
    TECHNOLOGY = "technology", _("Information technology")
    ENGINEERING = "engineering", _("Engineering and construction")
    CULTURE = "culture", _("Culture and media")
    DESIGN = "design", _("Design")


class FundingThought(TextChoices):
    """A funding thought that names no fund of the register."""

    NOT_YET = "not_yet", _("Not yet")
    OTHER = "other", _("Some other source")
    FUND = "fund", _("A fund on the list")


class Visibility(TextChoices):
    """Who sees a comment; the text beside the box says it in these words."""

    ASSOCIATION = "association", _("The association too")
    PARTIES = "parties", _("Only the coordinator and the institution")
    SELF = "self", _("A note to myself")


class Side(TextChoices):
    """Whom a comment is meant to reach by letter."""

    ASSOCIATION = "association", _("Association")
    COORDINATOR = "coordinator", _("Coordinator")
