"""Why a text of one's own is not taken."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from minno_portal.errors import Refused


class NotEditable(Refused):
    """A kind whose text is the portal's alone."""

    sentence = _("The text of this letter is always the portal’s own.")


class ChangedMeanwhile(Refused):
    """Somebody else has written since the page was opened."""

    sentence = _(
        "Somebody else has changed this text since you opened the page. "
        "Your text is still here: compare it with theirs before you save again."
    )


class TextRefused(Refused):
    """A text with something to correct.

    :param problems: pairs of a field (subject or text) and a sentence.
    """

    sentence = _("The text cannot be used as it is.")

    def __init__(self, problems: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self.problems = list(problems)
