"""The reminder plan as its page shows it: what has gone, what will, and what was missed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from minno_portal import clock, dates
from minno_portal.outbox.enums import State
from minno_portal.outbox.models import Telling
from minno_portal.outbox.watch import Outage, outages
from rounds.planning.date_rows import notes_about
from rounds.planning.models import Round
from rounds.planning.reminding.enums import Standing
from rounds.planning.reminding.models import PlannedReminder
from rounds.planning.reminding.plan import Fallen, Plan
from rounds.planning.reminding.rules import Rule, every_rule

# Beat asks every five minutes: what is due goes within this time.
SOON = dt.timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Gone:
    """What has gone of a rule."""

    letters: int
    sent: int
    first: dt.datetime
    last: dt.datetime | None


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One reminder of the plan."""

    rule: Rule
    standing: Standing
    fallen: Fallen | None
    gone: Gone | None
    count: int | None
    change: PlannedReminder | None
    why: str
    notes: tuple[str, ...]
    letters_url: str
    text_url: str

    @property
    def is_off(self) -> bool:
        """Whether the coordinator has switched it off."""
        return self.change is not None and not self.change.is_on

    @property
    def is_moved(self) -> bool:
        """Whether it goes at another time than the rule says."""
        return self.change is not None and self.change.is_moved

    @property
    def can_change(self) -> bool:
        """Whether switching and moving still make a difference."""
        return self.standing in (Standing.COMING, Standing.DUE, Standing.OFF)


@dataclass(frozen=True, slots=True)
class PlanPage:
    """The rows in the order of time, and since when reminders have stood still, if they do."""

    rows: list[PlanRow]
    still_since: dt.datetime | None


def page_of(round_: Round) -> PlanPage:
    """Return the round's plan (three queries, and those of the counts)."""
    changes = {
        change.rule: change
        for change in PlannedReminder.objects.filter(round=round_).select_related("changed_by")
    }
    plan = Plan(changes)
    fallen = {rule: _fallen(plan, rule, round_) for rule in every_rule()}
    gone = _gone(round_)
    silences = outages(_earliest(fallen.values()))
    rows = [
        _row(round_, rule, fallen[rule], gone.get(rule.name), changes.get(rule.name), silences)
        for rule in fallen
        if fallen[rule] or rule.anchor.is_own
    ]
    return PlanPage(
        sorted(rows, key=lambda row: _place(round_, row)),
        next((each.began_at for each in silences if each.ended_at is None), None),
    )


def _fallen(plan: Plan, rule: Rule, round_: Round) -> Fallen | None:
    anchor = rule.anchor.moment(round_)
    return plan.falls(rule, anchor) if anchor else None


def _earliest(fallen: Iterable[Fallen | None]) -> dt.datetime:
    return min((each.at for each in fallen if each and each.at < clock.now()), default=clock.now())


def _place(round_: Round, row: PlanRow) -> tuple[dt.datetime, int]:
    """Return where a row comes: what waits for decisions to be told comes with them."""
    moment = row.fallen.goes_at if row.fallen else clock.helsinki(round_.decisions_on, 12)
    return moment, row.rule.days


def _gone(round_: Round) -> Mapping[str, Gone]:
    rows = (
        Telling.objects.filter(thread=round_.slug)
        .exclude(rule="")
        .values("rule")
        .annotate(
            letters=Count("letter", distinct=True),
            sent=Count("letter", filter=Q(letter__state=State.SENT), distinct=True),
            first=Min("letter__created_at"),
            last=Max("letter__sent_at"),
        )
        .order_by()
    )
    return {
        row["rule"]: Gone(row["letters"], row["sent"], row["first"], row["last"]) for row in rows
    }


def _row(
    round_: Round,
    rule: Rule,
    fallen: Fallen | None,
    gone: Gone | None,
    change: PlannedReminder | None,
    silences: Sequence[Outage],
) -> PlanRow:
    standing = _standing(round_, fallen, gone, change, silences)
    is_ahead = standing in (Standing.COMING, Standing.DUE)
    return PlanRow(
        rule=rule,
        standing=standing,
        fallen=fallen,
        gone=gone,
        count=rule.count(round_) if is_ahead else None,
        change=change,
        why=_why(standing, fallen, gone, silences),
        notes=_notes(fallen) if is_ahead else (),
        letters_url=f"{reverse('round-letters', args=[round_.slug])}?kind={rule.kind.name}",
        text_url=_text_url(round_, rule),
    )


def _standing(
    round_: Round,
    fallen: Fallen | None,
    gone: Gone | None,
    change: PlannedReminder | None,
    silences: Sequence[Outage],
) -> Standing:
    if gone:
        return Standing.GONE
    if change and not change.is_on:
        return Standing.OFF
    moment = clock.now()
    if fallen is None:
        return Standing.NOBODY if clock.today() > round_.kickoff_on else Standing.COMING
    if moment < fallen.goes_at:
        return Standing.LEFT_OUT if _is_overtaken(fallen) else Standing.COMING
    if moment < fallen.expires_at:
        return Standing.DUE
    if _is_overtaken(fallen):
        return Standing.LEFT_OUT
    missed = any(each.covers(fallen.goes_at, fallen.expires_at) for each in silences)
    return Standing.MISSED if missed else Standing.NOBODY


def _is_overtaken(fallen: Fallen) -> bool:
    """Whether the next reminder of the series comes at the same time, and so goes in its stead."""
    return fallen.expires_at <= fallen.goes_at


def _why(
    standing: Standing, fallen: Fallen | None, gone: Gone | None, silences: Sequence[Outage]
) -> str:
    if fallen is None:
        return ""
    silence = next((each for each in silences if _delayed(each, fallen, gone)), None)
    if standing == Standing.LEFT_OUT:
        return _("The next reminder goes at the same time, in its stead.")
    if standing == Standing.DUE:
        if silence and silence.ended_at is None:
            return _("It goes as soon as reminders go on, at the latest %(moment)s.") % {
                "moment": dates.deadline(fallen.expires_at)
            }
        return _("Goes within minutes to whom it concerns, until %(moment)s.") % {
            "moment": dates.deadline(fallen.expires_at)
        }
    if silence is None:
        return ""
    if standing == Standing.MISSED:
        return _("%(outage)s, and after that it would have come too late.") % {
            "outage": _outage(silence)
        }
    if standing == Standing.GONE:
        return _("%(outage)s, so it went late.") % {"outage": _outage(silence)}
    return ""


def _delayed(silence: Outage, fallen: Fallen, gone: Gone | None) -> bool:
    """Whether the reminder was due while nobody looked after reminders."""
    if silence.began_at > fallen.goes_at + SOON:
        return False
    ended = silence.ended_at
    if gone:
        return ended is not None and fallen.goes_at + SOON < ended <= gone.first + SOON
    return ended is None or ended > fallen.goes_at


def _outage(silence: Outage) -> str:
    if silence.ended_at is None:
        return _("Reminders have stood still since %(first)s") % {
            "first": dates.deadline(silence.began_at)
        }
    return _("Reminders stood still %(first)s – %(last)s") % {
        "first": dates.deadline(silence.began_at),
        "last": dates.deadline(silence.ended_at),
    }


def _notes(fallen: Fallen | None) -> tuple[str, ...]:
    """Return what to notice about the day, and what a day off has moved."""
    if fallen is None:
        return ()
    notes = list(notes_about(dates.local(fallen.goes_at)))
    if fallen.goes_at != fallen.at:
        notes.append(
            _("Due %(moment)s, but waits for the next working day’s morning.")
            % {"moment": dates.deadline(fallen.at)}
        )
    return tuple(notes)


def _text_url(round_: Round, rule: Rule) -> str:
    """Return where the letter's text is edited, nothing where that page is not installed."""
    language = (get_language() or "fi")[:2]
    if not rule.kind.is_editable:
        return ""
    try:
        return reverse("round-texts-edit", args=[round_.slug, rule.kind.name, language])
    except NoReverseMatch:
        return ""
