"""Why a change of a person's own table was refused."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from minno_portal.errors import Refused


class NameTaken(Refused):
    """The person has another view with the name."""

    sentence = _("You already have a view with this name. Give another name.")


class NoName(Refused):
    """A view without a name."""

    sentence = _("Give the view a name.")


class TooManyViews(Refused):
    """Nobody finds anything among so many views."""

    sentence = _("You have as many views as fit. Delete one that you no longer need.")


class TooManyFilters(Refused):
    """The filters do not fit into a view."""

    sentence = _("The search is too long to be saved. Shorten it.")


class AlreadyRead(Refused):
    """Marking as read what is read."""

    sentence = _("You have read the newest version already.")


class AlreadyUnread(Refused):
    """Marking as unread what is unread."""

    sentence = _("This is unread already.")
