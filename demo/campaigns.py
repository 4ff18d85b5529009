"""The open call is announced to the associations; the letter about its last week is ready."""

from __future__ import annotations

import datetime as dt

from demo import letters
from demo.crew import Crew
from demo.year import DAY, LANGUAGES, at
from minno_portal.outbox.enums import State
from rounds.call.campaigns import sending, services
from rounds.call.campaigns.audience import Filters
from rounds.call.campaigns.composing import ready_text
from rounds.call.campaigns.enums import Purpose
from rounds.call.campaigns.models import Campaign
from rounds.planning.models import Round

VISITORS = 7


def announce(crew: Crew, made: Round, *, day: dt.date) -> None:
    """Send the announcement on `day`; some of its readers look at the call the day after.

    One letter is refused and one comes back.
    """
    letters.name_contacts(crew)
    with at(day, 10, 15):
        campaign = _begin(crew, made, Purpose.CALL, Filters())
        audience = services.audience_now(campaign, crew.coordinator)
        seen = services.mark_of(campaign, audience)
        services.send_campaign(campaign.pk, seen=seen, actor=crew.coordinator)
        while sending.write_batch(campaign.pk):
            pass
        letters.refuse_closed_address()
    with at(day, 10, 20):
        sending.write_batch(campaign.pk)
    letters.return_from_full_mailbox(day)
    with at(day + DAY):
        reached = campaign.recipients.filter(letter__state=State.SENT)
        for recipient in reached.order_by("pk")[:VISITORS]:
            services.note_visit(recipient.pk)


def prepare_last_week(crew: Crew, made: Round, *, day: dt.date) -> None:
    """Make the letter of the last week ready; it waits for sending."""
    with at(day, 14):
        _begin(crew, made, Purpose.LAST_WEEK, Filters(without_submitted=True))


def _begin(crew: Crew, made: Round, purpose: Purpose, filters: Filters) -> Campaign:
    return services.begin_campaign(
        made.pk,
        purpose=purpose.value,
        texts={language: ready_text(purpose, made, language) for language in LANGUAGES},
        filters=filters,
        is_ready=True,
        actor=crew.coordinator,
    )
