"""Why a campaign could not be sent, each by its own name and with its own sentence."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from minno_portal.errors import Refused, WrongState


class NobodyToWriteTo(Refused):
    """The choice of readers leaves nobody."""

    sentence = _("Nobody would get the letter with these choices, so nothing was sent.")


class RoundNotPublished(Refused):
    """The letter's link would lead nowhere."""

    sentence = _(
        "The round has no public page yet, so the link in the letter would lead nowhere. "
        "Publish the round first."
    )


class CallHasClosed(Refused):
    """An announcement of a call that nobody can answer any more."""

    sentence = _("The call has closed, so this letter would only confuse. Nothing was sent.")


class NothingToldYet(Refused):
    """The chosen challenges are to be named before anybody has been told of them."""

    sentence = _(
        "No chosen challenge has been told and may be published yet, so there is nothing to name "
        "in the letter."
    )


class CampaignChanged(WrongState):
    """The letter or its readers are not those any more that the coordinator looked at."""

    sentence = _(
        "The letter or its readers have changed since you opened the page. Look at them once more."
    )
