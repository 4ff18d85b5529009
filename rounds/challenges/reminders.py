"""Reminders of drafts whose call closes soon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minno_portal import clock, dates
from minno_portal.outbox.kinds import Kind
from minno_portal.outbox.reminders import reminder
from minno_portal.outbox.services import Addressee, absolute_url
from minno_portal.outbox.telling import Content, Due, tell
from rounds.challenges.enums import Status
from rounds.challenges.helping.late import DEADLINE
from rounds.challenges.letters import (
    DRAFT_REMINDER,
    LATE_DRAFT_REMINDER,
    addressees,
    recipients_of,
)
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.planning.reminding.plan import Fallen, any_may_go, plans_of
from rounds.planning.reminding.rules import Anchor, Rule, series


def drafts_waiting(round_: Round) -> int | None:
    """Return to how many people a reminder of a draft would go now, None before the call."""
    if not round_.call_is_open:
        return None
    drafts = round_.challenges.filter(status=Status.DRAFT).select_related("created_by")
    return len({email for draft in drafts for email in addressees(draft)})


CALL_CLOSES = Anchor(
    "call_closes_at", gettext_lazy("the call closes"), lambda round_: round_.call_closes_at
)
DRAFTS = series(
    Rule(
        "draft-week",
        DRAFT_REMINDER,
        gettext_lazy("a week before the call closes"),
        CALL_CLOSES,
        days=-7,
        at=None,
        count=drafts_waiting,
    ),
    Rule(
        "draft-day",
        DRAFT_REMINDER,
        gettext_lazy("a day before the call closes"),
        CALL_CLOSES,
        days=-1,
        at=None,
        count=drafts_waiting,
    ),
)
# The rules' names in the keys of letters, which are older than the plan.
_SHORT = {"draft-week": "week", "draft-day": "day"}


@reminder("draft-reminder")
def queue_call_reminders() -> int:
    """Remind of every draft that was there when a reminder fell due; return how many letters."""
    due = list(_drafts_due())
    if not any_may_go(fallen for _draft, fallen in due):
        return 0
    own, late = (
        [pair for pair in due if _is_late(pair[0]) is is_late] for is_late in (False, True)
    )
    return _tell(DRAFT_REMINDER, own) + _tell(LATE_DRAFT_REMINDER, late)


def _drafts_due() -> Iterator[tuple[Challenge, Fallen]]:
    moment = clock.now()
    drafts = list(
        Challenge.objects.annotate(closes_at=DEADLINE)
        .filter(
            status=Status.DRAFT,
            round__archived_at=None,
            round__published_at__lte=moment,
            closes_at__gt=moment,
        )
        .select_related("round__partnership", "organisation", "created_by")
        .order_by("pk")
    )
    plans = plans_of(draft.round for draft in drafts)
    for draft in drafts:
        fallen = plans[draft.round_id].due(DRAFTS, _closes(draft))
        if fallen and draft.created_at <= fallen.at:
            yield draft, fallen


def _closes(draft: Challenge) -> dt.datetime:
    moment: dt.datetime = draft.closes_at  # type: ignore[attr-defined]
    return moment


def _is_late(draft: Challenge) -> bool:
    return bool(_closes(draft) > draft.round.call_closes_at)


def _tell(kind: Kind, pairs: Sequence[tuple[Challenge, Fallen]]) -> int:
    return tell(kind, _dues(pairs), draft_reminder) if pairs else 0


def _dues(pairs: Iterable[tuple[Challenge, Fallen]]) -> Iterator[Due[Challenge]]:
    people = recipients_of(draft for draft, _fallen in pairs)
    for draft, fallen in pairs:
        which = _SHORT[fallen.rule.name]
        if _is_late(draft):
            which += f"-{_closes(draft):%Y%m%d%H%M}"
        for to in people[draft.pk]:
            yield Due(
                key=f"draft-reminder:{draft.pk}:{which}:{to.email}",
                to=to,
                at=fallen.at,
                expires_at=fallen.expires_at,
                thing=draft,
                group=draft.round.partnership_id,
                thread=draft.round.slug,
                rule=fallen.rule.name,
            )


def draft_reminder(drafts: Sequence[Challenge]) -> Content:
    """Return the reminder of one person's drafts; each knows when it `closes_at`."""
    first = drafts[0]
    return Content(
        values=lambda to: {
            "code": first.round.code,
            "deadline": dates.deadline(_closes(first)),
            "lines": "\n".join(_line(draft, to) for draft in drafts),
        },
        sender=first.round.sender,
        about=first,
    )


def _line(draft: Challenge, to: Addressee) -> str:
    what = _("“%(title)s” for round %(code)s, by %(deadline)s") % {
        "title": draft,
        "code": draft.round.code,
        "deadline": dates.deadline(_closes(draft)),
    }
    return f"- {what}\n  {absolute_url('challenge', draft.pk, language=to.language)}"
