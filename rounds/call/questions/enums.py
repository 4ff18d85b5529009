"""Closed sets of words about a form's questions."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What sort of answer an own question takes."""

    SHORT_TEXT = "short_text", _("Short text")
    LONG_TEXT = "long_text", _("Long text")
    NUMBER = "number", _("Number")
    CHOICE = "choice", _("One choice")
    CHOICES = "choices", _("Several choices")
    YES_NO = "yes_no", _("Yes or no")
    DATE = "date", _("Date")
    FILE = "file", _("File")


class Need(TextChoices):
    """When a question must be answered."""

    OPTIONAL = "optional", _("Optional")
    SUBMIT = "submit", _("Required for submitting")
    ALWAYS = "always", _("Required already for saving")


class FieldRule(TextChoices):
    """What a round does with a standard question; without a rule the standard holds."""

    HIDDEN = "hidden", _("Not asked")
    OPTIONAL = "optional", _("Optional")
    REQUIRED = "required", _("Required for submitting")


class SectionKey(TextChoices):
    """The sections of the form, in their order."""

    CONTACT = "contact", _("Organisation and contact person")
    CHALLENGE = "challenge", _("Challenge")
    TEAM = "team", _("What you give to the team")
    FUNDING = "funding", _("Funding and area")
    PERMISSIONS = "permissions", _("Permissions and terms")
