"""The round that examples of letters tell of: a real one where there is one."""

from __future__ import annotations

import datetime as dt

from django.db.models import Model
from django.utils.translation import gettext as _

from minno_portal import clock
from organisations.models import Organisation, Partnership
from rounds.planning.calendar import lay_out
from rounds.planning.enums import Form
from rounds.planning.models import Round

_AHEAD = dt.timedelta(weeks=14)


def real_round(owner: Model | None) -> Round | None:
    """Return the owner itself, or a partnership's newest round (one query)."""
    if isinstance(owner, Round):
        return owner
    if not isinstance(owner, Partnership):
        return None
    rounds = Round.objects.filter(partnership=owner, archived_at=None)
    newest: Round | None = rounds.select_related(
        "partnership__coordinator", "partnership__institution"
    ).first()
    return newest


def invented_round(owner: Model | None) -> Round:
    """Return a round that is nowhere stored, in the present language."""
    kickoff = clock.today() + _AHEAD
    kickoff -= dt.timedelta(days=kickoff.weekday())
    partnership = owner if isinstance(owner, Partnership) else _partnership()
    return Round(
        partnership=partnership,
        number=1,
        year=kickoff.year,
        slug=f"minno-1-{kickoff.year}",
        form=Form.DAY,
        **lay_out(Form.DAY, kickoff).as_fields(),
    )


def _partnership() -> Partnership:
    return Partnership(
        coordinator=Organisation(name=_("Example Umbrella")),
        institution=Organisation(name=_("Example University of Applied Sciences")),
        prefix="MINNO",
    )


def round_for(owner: Model | None) -> Round:
    """Return the round to tell of, in the present language."""
    return real_round(owner) or invented_round(owner)
