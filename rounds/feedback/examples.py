"""An example of the letter that asks for feedback."""

from __future__ import annotations

from django.db.models import Model
from django.utils.translation import gettext as _

from minno_portal.outbox.examples import Example, example
from minno_portal.outbox.rendering import Addressee
from rounds.feedback.enums import Respondent
from rounds.feedback.letters import (
    HIDDEN,
    REMINDER,
    REQUEST,
    reminder_values,
    request_values,
)
from rounds.feedback.parties import Asked
from rounds.planning.examples import real_round, round_for
from rounds.planning.models import Round


@example(REQUEST)
def request(owner: Model | None) -> Example:
    """Ask an association; the personal link is hidden."""
    real = real_round(owner)

    def values(to: Addressee) -> dict[str, str]:
        return request_values(real or round_for(owner), _association(to), to, token=HIDDEN)

    return Example(values, "", _source(real))


@example(REMINDER)
def reminder(owner: Model | None) -> Example:
    """Remind an association; the personal link is hidden."""
    real = real_round(owner)

    def values(to: Addressee) -> dict[str, str]:
        return reminder_values(real or round_for(owner), [(_association(to), HIDDEN)], to)

    return Example(values, "", _source(real))


def _association(to: Addressee) -> Asked:
    return Asked(
        role=Respondent.ASSOCIATION,
        email="aino.virtanen@example.org",
        name="Aino Virtanen",
        language=to.language,
        because=_("How do we notice loneliness in time?"),
    )


def _source(real: Round | None) -> str:
    return _("Round %(code)s") % {"code": real.code} if real else ""
