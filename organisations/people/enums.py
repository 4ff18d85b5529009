"""Closed sets of words about people."""

from django.db.models import TextChoices


class Language(TextChoices):
    """The languages the portal speaks; each is named in itself."""

    FI = "fi", "Suomi"
    SV = "sv", "Svenska"
    EN = "en", "English"
