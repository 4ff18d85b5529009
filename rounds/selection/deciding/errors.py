"""What deciding and telling refuse, each by its own name and with its own sentence."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from minno_portal.errors import Refused, WrongState


class PhraseUnedited(Refused):
    """A "no" whose reason is nothing but a ready phrase."""

    sentence = _(
        "This is a ready phrase as it stands. Add what decided in the case of this challenge."
    )


class ReasonNeeded(Refused):
    """A told decision is changed without saying why."""

    sentence = _("Write the reason: the association has been told another decision before.")


class NotNextInReserve(WrongState):
    """Another challenge stands before this one in the reserve."""

    sentence = _("Another challenge is before this one in the reserve. It gets the place first.")


class NotAgreed(WrongState):
    """The institution has not agreed to this challenge in any packet."""

    sentence = _(
        "The institution has not agreed to this challenge yet. Propose it first, then it can "
        "take the place."
    )


class NothingChosen(Refused):
    """Decisions were to be told, and none of them was chosen."""

    sentence = _("Choose at least one decision to tell.")


class LettersChanged(WrongState):
    """The letters are not those any more that the coordinator looked at."""

    sentence = _(
        "Something has changed in the letters since you opened the page. Look at them once more."
    )


class BadLetter(Refused):
    """A letter without a subject or a text, or one that is too long."""

    sentence = _("A letter needs a subject of at most 200 and a text of at most 6,000 characters.")


class EmptyText(Refused):
    """A correction, or an answer to a wish for feedback, that says nothing."""

    sentence = _("Write the text first.")


class NothingToConfirm(WrongState):
    """Taking part is confirmed only of a challenge that has been told to be chosen."""

    sentence = _("There is nothing to confirm here now.")
