"""Why something around helping was refused."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from minno_portal.errors import Refused
from rounds.challenges.errors import EmptyComment


class NothingAsked(EmptyComment):
    """Completion is asked for without a word of what to complete."""

    sentence = _("Write a comment or at least one point to complete.")


class TooMuchAsked(Refused):
    """More points, or longer ones, than anybody could tick off."""

    sentence = _("There are too many points, or one of them is too long. Shorten the list.")


class LateNotLater(Refused):
    """A late permission that would end before the call does, or has ended already."""

    sentence = _("Choose a moment that is still ahead, and later than the end of the call.")


class LateTooLate(Refused):
    """A late permission that would last to the kick-off or longer."""

    sentence = _("Choose a moment before the kick-off of the projects.")
