"""Closed sets of words about rounds."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Form(TextChoices):
    """How the course is held; it sets the length from kick-off to the closing event."""

    DAY = "day", _("Day form (7 weeks)")
    EVENING = "evening", _("Evening form (12 weeks)")
    SUMMER = "summer", _("Summer form (10 weeks)")


class PhaseKey(TextChoices):
    """The ten phases of the operating model, in order; the label is the phase's full name."""

    CONTINUITY = "continuity", _("Confirming that the cooperation continues and how widely")
    ANNOUNCING = "announcing", _("Telling the associations about the MINNO cooperation")
    FORM = "form", _("Updating the submission form and receiving the challenges")
    SHAPING = "shaping", _("Helping the associations to shape their challenges")
    SELECTION = "selection", _("Negotiating which challenges are chosen and telling the applicants")
    FOLLOWING = "following", _("Following the MINNO projects and telling about them")
    FEST = "fest", _("The closing event MINNO-fest and awards to the students")
    PUBLISHING = "publishing", _("Telling about the outcomes")
    CONTINUING = "continuing", _("Taking part in the further work on the outcomes")
    EVALUATING = "evaluating", _("Collecting feedback and evaluating the cooperation")


class Stage(TextChoices):
    """Where a round is, as its calendar and its decisions tell; never stored."""

    PLANNED = "planned", _("Being planned")
    UPCOMING = "upcoming", _("Call opens soon")
    OPEN = "open", _("Call open")
    SELECTION = "selection", _("Selection under way")
    DECIDED = "decided", _("Decisions announced")
    RUNNING = "running", _("Projects under way")
    FINISHED = "finished", _("Finished")
