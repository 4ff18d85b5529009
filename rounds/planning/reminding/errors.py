"""Why a change of the reminder plan is refused."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from minno_portal.errors import Refused


class UnknownRule(Refused):
    """The code has no such rule (any more)."""

    sentence = _("There is no such reminder.")


class InThePast(Refused):
    """The new moment has been."""

    sentence = _("This moment has passed already. Choose a later one.")


class TooLate(Refused):
    """The new moment is after what is reminded of."""


class InQuietHours(Refused):
    """The new moment is in the night or on a day off."""


class TooFar(Refused):
    """The new moment is more than a year away from the date."""

    sentence = _("Check the year: the reminder would be more than a year from its date.")


class HasGone(Refused):
    """Letters of this rule have gone: moving it would change nothing for who got them."""

    sentence = _("This reminder has gone already, so it can no longer be moved.")


class NoDate(Refused):
    """The round has no date to count from."""

    sentence = _("The round has no such date, so there is nothing to remind of.")
