"""Every change to a round, its calendar and the working time spent on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from minno_portal import clock
from minno_portal.errors import Refused, WrongState
from minno_portal.outbox.texts import copy_texts
from minno_portal.services import require_permission, service
from organisations.models import Partnership, User
from organisations.people.enums import Language
from rounds.planning.calendar import FIELDS, lay_out
from rounds.planning.calendar_checks import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    CalendarRefused,
    opened_call_errors,
    order_errors,
)
from rounds.planning.copying import add_phases, texts_of
from rounds.planning.enums import Form
from rounds.planning.locks import lock_round
from rounds.planning.models import (
    INTRO_LENGTH,
    LARGEST_CAPACITY,
    SMALLEST_CAPACITY,
    Phase,
    Round,
    WorkLog,
)
from rounds.planning.moving import dates_after, moves_of
from rounds.planning.signals import round_created, round_published

LARGEST_NUMBER = 9
SMALLEST_LOG, LARGEST_LOG = Decimal("0.05"), Decimal(20)


class CodeTaken(Refused):
    """The partnership already has a round with this number and year."""


@service
def create_round(
    partnership_id: int,
    *,
    number: int,
    year: int,
    form: str,
    kickoff_on: dt.date,
    actor: User,
    capacity: int | None = None,
    source_id: int | None = None,
) -> Round:
    """Lay out a round from three answers: code, form and kick-off.

    The calendar is computed around the kick-off (a day off moves to the next working day), the ten
    phases get their estimates, and later steps add what every round starts with.

    :param capacity: places; those of the source, or four, when it is not told.
    :param source_id: an earlier round whose texts, form, criteria and estimates come along.
    :raises NotAllowed: when the actor is not a coordinator of the partnership and of the source's.
    :raises CodeTaken: when the partnership has a round with this code.
    :raises Refused: when an answer is out of range.
    """
    partnership = (
        Partnership.objects.select_for_update(of=("self",))
        .select_related("coordinator", "institution")
        .get(pk=partnership_id)
    )
    require_permission("rounds.plan_round", actor, partnership)
    source = _source(source_id, actor)
    if capacity is None:
        capacity = source.capacity if source else LARGEST_CAPACITY
    _check_answers(number, year, form, kickoff_on, capacity)
    if Round.objects.filter(partnership=partnership, number=number, year=year).exists():
        raise CodeTaken(
            _("Round %(number)s/%(year)s exists already. Choose another number.")
            % {"number": number, "year": year}
        )
    round_ = Round.objects.create(
        partnership=partnership,
        number=number,
        year=year,
        slug=f"{partnership.prefix}-{number}-{year}".lower(),
        form=form,
        capacity=capacity,
        copied_from=source,
        **texts_of(source),
        **lay_out(form, kickoff_on).as_fields(),
    )
    add_phases(round_, source)
    if source is not None:
        copy_texts(source, round_)
    round_created.send(sender=Round, round=round_, actor=actor, source=source)
    return round_


def _source(source_id: int | None, actor: User) -> Round | None:
    """Return the round to copy, locked: it stays as it is while its parts are read."""
    if source_id is None:
        return None
    source = lock_round(source_id)
    require_permission("rounds.plan_round", actor, source)
    return source


@service
def update_calendar(round_id: int, *, actor: User, **dates: Any) -> Round:
    """Change some of a round's dates; those that are not named stay.

    :param dates: values by the names of `calendar.FIELDS`.
    :raises NotAllowed: when the actor may not plan the round.
    :raises CalendarRefused: when dates cross, or when an open call would be moved or shortened.
    """
    unknown = dates.keys() - set(FIELDS)
    if unknown:
        raise TypeError(f"not dates of a round: {sorted(unknown)}")
    round_ = _lock_to_plan(round_id, actor)
    return _save_dates(round_, {name: dates.get(name, getattr(round_, name)) for name in FIELDS})


@service
def move_kickoff(
    round_id: int, *, kickoff_on: dt.date, moving: Collection[str], actor: User
) -> Round:
    """Move the kick-off, and with it those of the other dates that are named.

    Where each goes is told by `moving.moves_of`; the page shows the same beforehand.

    :param moving: names of `calendar.FIELDS`.
    :raises NotAllowed: when the actor may not plan the round.
    :raises Refused: when the new day is not near the year of the round's code.
    :raises CalendarRefused: when one of the dates can no longer move, or dates would cross.
    """
    unknown = set(moving) - set(FIELDS)
    if unknown:
        raise TypeError(f"not dates of a round: {sorted(unknown)}")
    round_ = _lock_to_plan(round_id, actor)
    _check_year(round_.year, kickoff_on)
    moves = moves_of(round_, kickoff_on)
    going = {"kickoff_on", *moving}
    kept = {move.field: move.stays for move in moves if move.stays and move.field in going}
    if kept:
        raise CalendarRefused(kept)
    return _save_dates(round_, dates_after(round_, moves, going))


def _lock_to_plan(round_id: int, actor: User) -> Round:
    """Return the round, locked, when the actor may plan it and it is not in the archive."""
    round_ = lock_round(round_id)
    require_permission("rounds.plan_round", actor, round_)
    if round_.archived_at is not None:
        raise WrongState(_("The round is in the archive. Bring it back first."))
    return round_


def _save_dates(round_: Round, wanted: Mapping[str, Any]) -> Round:
    errors = opened_call_errors(round_, wanted, clock.now()) | order_errors(wanted)
    if errors:
        raise CalendarRefused(errors)
    changed = [name for name in FIELDS if wanted[name] != getattr(round_, name)]
    for name in changed:
        setattr(round_, name, wanted[name])
    if changed:
        round_.save(update_fields=changed)
    return round_


@service
def publish_round(round_id: int, *, actor: User) -> Round:
    """Give the round its public page; the call opens by itself at its moment.

    :raises NotAllowed: when the actor may not plan the round.
    :raises WrongState: when the round has been published.
    :raises Refused: when its call would be closed already.
    """
    round_ = _lock_to_plan(round_id, actor)
    if round_.published_at is not None:
        raise WrongState(_("The round has been published already."))
    if round_.call_closes_at <= clock.now():
        raise Refused(_("The call would be closed already. Move the dates first."))
    round_.published_at = clock.now()
    round_.save(update_fields=["published_at"])
    round_published.send(sender=Round, round=round_, actor=actor)
    return round_


@service
def set_intro(round_id: int, *, texts: Mapping[str, str], actor: User) -> Round:
    """Write the text of the call, by language; a missing language stays as it was.

    :raises NotAllowed: when the actor may not plan the round.
    :raises Refused: when a text is too long.
    """
    round_ = _lock_to_plan(round_id, actor)
    for language, text in texts.items():
        cleaned = text.replace("\x00", "").strip()
        if len(cleaned) > INTRO_LENGTH:
            raise Refused(
                _("The text is too long: at most %(most)s characters.") % {"most": INTRO_LENGTH}
            )
        setattr(round_, f"intro_{Language(language).value}", cleaned)
    round_.save(update_fields=[f"intro_{language}" for language in texts])
    return round_


@service
def log_work(
    round_id: int, *, phase: str, days: Decimal, done_on: dt.date, note: str, actor: User
) -> WorkLog:
    """Log the actor's working time against a phase.

    :param phase: the key of one of the ten phases.
    :param days: working days, from 0.05 to 20.
    :raises NotAllowed: when the actor is not a coordinator of the round.
    :raises Refused: when days or day are out of range.
    """
    found = Phase.objects.select_related("round__partnership").get(round_id=round_id, key=phase)
    require_permission("rounds.log_work", actor, found)
    try:
        rounded = Decimal(days).quantize(Decimal("0.01"))
    except InvalidOperation as error:
        raise Refused(_out_of_range()) from error
    if not rounded.is_finite() or not SMALLEST_LOG <= rounded <= LARGEST_LOG:
        raise Refused(_out_of_range())
    if done_on > clock.today():
        raise Refused(_("Working time can be logged when it has been done, not beforehand."))
    return WorkLog.objects.create(
        phase=found, user=actor, done_on=done_on, days=rounded, note=note.strip()
    )


@service
def delete_work(entry_id: int, *, actor: User) -> None:
    """Remove one of the actor's own entries.

    :raises NotAllowed: when the entry is somebody else's.
    :raises WrongState: when it has been removed already.
    """
    entry = (
        WorkLog.objects.select_for_update(of=("self",))
        .select_related("phase__round__partnership")
        .filter(pk=entry_id)
        .first()
    )
    if entry is None:
        raise WrongState
    require_permission("rounds.delete_work", actor, entry)
    entry.delete()


def _check_answers(number: int, year: int, form: str, kickoff_on: dt.date, capacity: int) -> None:
    if not 1 <= number <= LARGEST_NUMBER:
        raise Refused(_("The number is from 1 to 9."))
    _check_year(year, kickoff_on)
    if form not in Form.values:
        raise Refused(_("Choose day, evening or summer form."))
    if not SMALLEST_CAPACITY <= capacity <= LARGEST_CAPACITY:
        raise Refused(_("A round has from two to four places."))


def _check_year(year: int, kickoff_on: dt.date) -> None:
    if not EARLIEST_YEAR <= year < LATEST_YEAR or abs(kickoff_on.year - year) > 1:
        raise Refused(_("The kick-off is not in the year of the code."))


def _out_of_range() -> str:
    return _("Give the time in working days, from 0.05 to 20.")
