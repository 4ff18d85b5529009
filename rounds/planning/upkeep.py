"""What a coordinator keeps in order about a round: archive, places, estimates."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import rules
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minno_portal import clock
from minno_portal.errors import NotAllowed, Refused, WrongState
from minno_portal.services import service
from organisations.models import User
from rounds.planning.enums import Stage
from rounds.planning.figures import TAKES_PLACE
from rounds.planning.locks import lock_round
from rounds.planning.models import LARGEST_CAPACITY, SMALLEST_CAPACITY, Phase, Round

# A finished round, and one that was laid out in vain: neither asks anything of anybody.
ARCHIVABLE = frozenset({Stage.FINISHED, Stage.PLANNED})
LARGEST_ESTIMATE = Decimal(30)
_TENTH = Decimal("0.1")


class TooFewPlaces(Refused):
    """Fewer places than have been confirmed already."""


@service
def archive_round(round_id: int, *, actor: User) -> Round:
    """Take a round off the first page and the list; its pages, public ones too, stay readable.

    :raises NotAllowed: when the actor may not plan the round.
    :raises WrongState: when it is under way, or in the archive already.
    """
    round_ = _lock(round_id, actor)
    if round_.archived_at is not None:
        raise WrongState(_("The round is in the archive already."))
    if round_.stage not in ARCHIVABLE:
        raise WrongState(_("Only a finished round can be archived."))
    return _set(round_, archived_at=clock.now())


@service
def restore_round(round_id: int, *, actor: User) -> Round:
    """Bring a round back from the archive.

    :raises NotAllowed: when the actor may not plan the round.
    :raises WrongState: when it is not in the archive.
    """
    round_ = _lock(round_id, actor)
    if round_.archived_at is None:
        raise WrongState(_("The round is not in the archive."))
    return _set(round_, archived_at=None)


@service
def set_capacity(round_id: int, *, capacity: int, actor: User) -> Round:
    """Change how many places a round has, until its decisions are told.

    :raises NotAllowed: when the actor may not plan the round.
    :raises WrongState: when decisions have been announced, or the round is in the archive.
    :raises TooFewPlaces: when more than that have been confirmed already.
    :raises Refused: when there would not be two to four places.
    """
    round_ = _lock_current(round_id, actor)
    if round_.capacity == capacity:
        return round_
    if round_.announced_at is not None:
        raise WrongState(_("The decisions have been told: the number of places stays."))
    if not SMALLEST_CAPACITY <= capacity <= LARGEST_CAPACITY:
        raise Refused(_("A round has from two to four places."))
    taken = round_.challenges.filter(status__in=TAKES_PLACE).count()
    if capacity < taken:
        raise TooFewPlaces(
            ngettext(
                "%(count)s challenge has been confirmed already.",
                "%(count)s challenges have been confirmed already.",
                taken,
            )
            % {"count": taken}
        )
    return _set(round_, capacity=capacity)


@service
def set_estimates(
    round_id: int, *, estimates: Mapping[str, Decimal | None], actor: User
) -> list[Phase]:
    """Write how many working days the phases are thought to take; None where it varies.

    :param estimates: by the keys of phases; those that are not named stay.
    :raises NotAllowed: when the actor may not plan the round.
    :raises WrongState: when the round is in the archive.
    :raises Refused: when an estimate is out of range.
    """
    round_ = _lock_current(round_id, actor)
    changed = []
    for phase in round_.phases.filter(key__in=estimates):
        days = _checked(estimates[phase.key])
        if days != phase.estimated_days:
            phase.estimated_days = days
            phase.save(update_fields=["estimated_days"])
            changed.append(phase)
    return changed


def _checked(days: Decimal | None) -> Decimal | None:
    if days is None:
        return None
    if not days.is_finite() or not 0 <= days <= LARGEST_ESTIMATE:
        raise Refused(
            _("Give the estimate in working days, from 0 to %(most)s.") % {"most": LARGEST_ESTIMATE}
        )
    return days.quantize(_TENTH)


def _lock(round_id: int, actor: User) -> Round:
    round_ = lock_round(round_id)
    if not rules.has_perm("rounds.plan_round", actor, round_):
        raise NotAllowed
    return round_


def _lock_current(round_id: int, actor: User) -> Round:
    round_ = _lock(round_id, actor)
    if round_.archived_at is not None:
        raise WrongState(_("The round is in the archive. Bring it back first."))
    return round_


def _set(round_: Round, **fields: object) -> Round:
    for name, value in fields.items():
        setattr(round_, name, value)
    round_.save(update_fields=list(fields))
    return round_
