"""Letters around taking part: the reminder, and what the coordinator needs to hear."""

from __future__ import annotations

from minno_portal.outbox.services import Recipient, absolute_url, queue_letter
from rounds.challenges.letters import recipients
from rounds.challenges.models import Challenge
from rounds.selection.deciding.letters import about
from rounds.selection.deciding.models import Participation
from rounds.selection.deciding.reserve import next_in_reserve
from rounds.selection.due import end_of


def queue_participation_reminder(asked: Participation) -> int:
    """Remind an association to say that it takes part; returns how many letters were new."""
    challenge = asked.challenge
    return sum(
        queue_letter(
            "participation-reminder",
            key=f"participation-reminder:{asked.pk}:{asked.confirm_by:%Y%m%d}:{to.email}",
            to=to,
            context=about(challenge, challenge.round, to) | {"confirm_by": asked.confirm_by},
            about=challenge,
            thread=challenge.round.slug,
            reply_to=challenge.round.partnership.reply_to,
            expires_at=end_of(asked.confirm_by),
        )
        for to in recipients(challenge)
    )


def queue_participation_missing(asked: Participation) -> bool:
    """Tell the coordinator that an association has not said by the date that it takes part."""
    challenge = asked.challenge
    to = _coordinator_of(challenge)
    return queue_letter(
        "participation-missing",
        key=f"participation-missing:{asked.pk}:{asked.confirm_by:%Y%m%d}",
        to=to,
        context=about(challenge, challenge.round, to) | {"confirm_by": asked.confirm_by},
        about=challenge,
        thread=challenge.round.slug,
    )


def queue_place_free(challenge: Challenge) -> bool:
    """Tell the coordinator that a chosen challenge was withdrawn, and which one comes next."""
    to = _coordinator_of(challenge)
    following = next_in_reserve(challenge.round)
    name, pk = ("decision-edit", following.pk) if following else ("challenge", challenge.pk)
    return queue_letter(
        "place-free",
        key=f"place-free:{challenge.pk}",
        to=to,
        context=about(challenge, challenge.round, to)
        | {"following": following, "url": absolute_url(name, pk, language=to.language)},
        about=challenge,
        thread=challenge.round.slug,
    )


def _coordinator_of(challenge: Challenge) -> Recipient:
    partnership = challenge.round.partnership
    coordinator = partnership.coordinator
    return Recipient(partnership.reply_to, coordinator.language, coordinator.shown_name)
