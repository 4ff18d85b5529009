"""Why a letter cannot be handled as somebody wished."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from minno_portal.errors import Refused, WrongState


class SecretText(Refused):
    """The letter holds a personal link or code, which nobody else may read."""

    sentence = _("The text holds a personal link or code: it is neither shown nor edited.")


class TextGone(Refused):
    """The letter's text has been emptied, so there is nothing to send."""

    sentence = _(
        "This letter cannot be sent again: its text has been removed, because it held a personal "
        "link or code or because a year has passed. Make a new one where it came from."
    )


class EditedMeanwhile(WrongState):
    """Somebody else has edited the letter since it was opened."""

    sentence = _(
        "Somebody else has edited this letter in the meantime. Your text is below and was not "
        "saved; look at theirs before you save."
    )


class OutOfDate(WrongState):
    """The moment after which the letter would only confuse has passed."""

    sentence = _("The time of this letter has passed: sent now, it would only confuse.")


class OnItsWayAgain(WrongState):
    """The same letter has been sent again to the same address."""

    sentence = _("This letter has already been sent again to that address.")
