"""An example of the letter that asks for feedback."""

from __future__ import annotations

from django.db.models import Model
from django.utils.translation import gettext as _

from minno_portal.outbox.examples import Example, example
from minno_portal.outbox.rendering import Addressee
from rounds.feedback.enums import Respondent
from rounds.feedback.letters import HIDDEN, REQUEST, request_values
from rounds.feedback.parties import Asked
from rounds.planning.examples import real_round, round_for


@example(REQUEST)
def request(owner: Model | None) -> Example:
    """Ask an association; the personal link is hidden."""
    real = real_round(owner)

    def values(to: Addressee) -> dict[str, str]:
        asked = Asked(
            role=Respondent.ASSOCIATION,
            email="aino.virtanen@example.org",
            name="Aino Virtanen",
            language=to.language,
            because=_("How do we notice loneliness in time?"),
        )
        return request_values(real or round_for(owner), asked, to, token=HIDDEN)

    return Example(values, "", _("Round %(code)s") % {"code": real.code} if real else "")
