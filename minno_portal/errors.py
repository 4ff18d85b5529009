"""What a service says when it refuses: each has a sentence for the person, in their language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """Base of every refusal a service makes; `sentence` is shown to the person."""

    sentence: str | Promise = _("This could not be done.")

    def __init__(self, sentence: str | Promise | None = None) -> None:
        super().__init__(sentence or self.sentence)
        if sentence is not None:
            self.sentence = sentence


class NotAllowed(Refused):
    """The actor may not do this to this object."""

    sentence = _("You do not have permission to do this.")


class WrongState(Refused):
    """The object is not in a state where this can be done, often because somebody was faster."""

    sentence = _(
        "This can no longer be done: somebody may have been faster. Check the situation below."
    )
