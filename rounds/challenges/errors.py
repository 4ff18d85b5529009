"""Why a change of a challenge was refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minno_portal.errors import Refused

if TYPE_CHECKING:
    from rounds.challenges.models import Challenge


class CallNotOpen(Refused):
    """The round takes no challenges at this moment."""

    sentence = _("The call is not open, so a new challenge cannot be begun.")


class CallClosed(Refused):
    """The call closed before the challenge was submitted; the draft is kept."""

    sentence = _(
        "The call has closed, so the challenge can no longer be submitted. "
        "Your text is kept as a draft."
    )


class CompletionOver(Refused):
    """The time given for completing has passed; what was typed is kept."""

    sentence = _(
        "The time for completing has passed. Your text is kept; ask the coordinator for more time."
    )


class TermsNotAccepted(Refused):
    """Submitting needs the terms to be accepted."""

    sentence = _("Accept the terms to submit the challenge.")


class DateNotAhead(Refused):
    """A date by which something is asked lies in the past."""

    sentence = _("Choose a date that is still ahead.")


class EmptyComment(Refused):
    """A comment without text."""

    sentence = _("Write the comment first.")


@dataclass(frozen=True, slots=True)
class Missing:
    """One point that submitting still needs: where it is, and what to do."""

    section: str
    field: str
    sentence: str | Promise


class Incomplete(Refused):
    """Something that submitting needs has not been written; `missing` names each point."""

    sentence = _("Some points are still missing. They are listed on the page.")

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__()
        self.missing = list(missing)


class Overtaken(Refused):
    """Somebody saved the same section in between; carries what was typed and the newer text.

    `both` names the fields that both changed, `theirs` those that only the other one did.
    """

    sentence = _(
        "Somebody else has saved this section after you opened it. Both texts are shown below."
    )

    def __init__(
        self,
        typed: dict[str, Any],
        newer: Challenge,
        *,
        both: frozenset[str] = frozenset(),
        theirs: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__()
        self.typed = typed
        self.newer = newer
        self.both = both
        self.theirs = theirs
