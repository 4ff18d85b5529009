"""Reminders of drafts whose call closes soon."""

from __future__ import annotations

import datetime as dt

from minno_portal import clock
from minno_portal.outbox.reminders import latest_due, reminder
from rounds.challenges.enums import Status
from rounds.challenges.helping.late import DEADLINE
from rounds.challenges.letters import queue_draft_reminder
from rounds.challenges.models import Challenge

# Name of the rule and how long before the deadline it falls due.
RULES = {"week": dt.timedelta(days=7), "day": dt.timedelta(days=1)}


@reminder("draft-reminder")
def queue_call_reminders() -> int:
    """Remind of every draft that was there when a reminder fell due; return how many were."""
    moment = clock.now()
    drafts = (
        Challenge.objects.annotate(closes_at=DEADLINE)
        .filter(
            status=Status.DRAFT,
            round__published_at__lte=moment,
            closes_at__gt=moment,
            closes_at__lte=moment + max(RULES.values()),
        )
        .select_related("round__partnership", "organisation", "created_by")
    )
    queued = 0
    for draft in drafts:
        closes = draft.closes_at  # type: ignore[attr-defined]
        rule = latest_due(RULES, closes, moment)
        if rule and draft.created_at <= closes - RULES[rule]:
            queued += queue_draft_reminder(draft, rule, closes)
    return queued
