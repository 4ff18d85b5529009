"""The letters of the selection: to whom, in which language, with what key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from minno_portal.outbox.services import (
    Recipient,
    Rendered,
    absolute_url,
    preview_letter,
    queue_letter,
)
from organisations.membership.enums import Role
from organisations.people.models import User
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection.enums import Outcome
from rounds.selection.models import Decision, Packet

DECISION_KINDS = {
    Outcome.CONFIRMED.value: "decision-confirmed",
    Outcome.RESERVE.value: "decision-reserve",
    Outcome.NOT_SELECTED.value: "decision-not-selected",
}


# --- To the institution -----------------------------------------------------------------------


def packet_readers(round_: Round, *, without: User | None = None) -> list[User]:
    """Return the institution's staff who are told of a packet; its sender could not answer it."""
    staff = User.objects.filter(
        is_active=True,
        memberships__organisation=round_.partnership.institution_id,
        memberships__role=Role.STAFF,
    )
    if without is not None:
        staff = staff.exclude(pk=without.pk)
    return list(staff.order_by("email"))


def preview_packet(round_: Round, count: int, message: str, to: Recipient) -> Rendered:
    """Return the letter that tells of a packet, before it is sent."""
    return preview_letter("packet", to=to, context=_packet_context(round_, count, message, to))


def queue_packet(packet: Packet, count: int, readers: Iterable[User]) -> None:
    """Tell the institution's staff that proposals wait for their answer."""
    for reader in readers:
        to = Recipient.of(reader)
        queue_letter(
            "packet",
            key=f"packet:{packet.pk}:{reader.pk}",
            to=to,
            context=_packet_context(packet.round, count, packet.message, to),
            about=packet.round,
            thread=packet.round.slug,
            reply_to=packet.round.partnership.reply_to,
        )


def queue_packet_reminder(
    reader: User, rounds: Sequence[tuple[Round, int]], *, day: dt.date, rule: str
) -> bool:
    """Remind one person of every round whose proposals wait, in one letter.

    :param rounds: each round with the number of proposals that wait in it.
    :param day: the day by which the decisions are told; the letter is worth nothing after it.
    :returns: whether the letter was queued now (and not earlier).
    """
    to = Recipient.of(reader)
    first = rounds[0][0]
    return queue_letter(
        "packet-reminder",
        key=f"packet-reminder:{first.partnership.institution_id}:{day:%Y%m%d}:{rule}:{reader.pk}",
        to=to,
        context={
            "rounds": rounds,
            "count": sum(count for _, count in rounds),
            "day": day,
            "partnership": first.partnership,
            "url": absolute_url("admin:rounds_proposal_changelist", language=to.language),
        },
        about=first,
        thread=first.slug,
        reply_to=first.partnership.reply_to,
    )


def _packet_context(round_: Round, count: int, message: str, to: Recipient) -> dict[str, object]:
    return {
        "round": round_,
        "partnership": round_.partnership,
        "count": count,
        "message": message.strip(),
        "url": absolute_url("admin:rounds_proposal_changelist", language=to.language),
    }


# --- To the applicants ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DecisionLetter:
    """One letter that tells a decision, to one person."""

    decision: Decision
    to: Recipient
    round: Round

    @property
    def kind(self) -> str:
        """Which templates it is written from."""
        return DECISION_KINDS[self.decision.outcome]

    @property
    def context(self) -> dict[str, object]:
        """What the templates know; the internal note is not among it."""
        challenge = self.decision.challenge
        return {
            "challenge": challenge,
            "reason": self.decision.reason.strip(),
            "round": self.round,
            "partnership": self.round.partnership,
            "url": absolute_url("challenge", challenge.pk, language=self.to.language),
        }

    def preview(self) -> Rendered:
        """Return the letter as it would go out now."""
        return preview_letter(self.kind, to=self.to, context=self.context)

    def queue(self) -> bool:
        """Write the letter into the outbox; its key names the decision, so it goes out once."""
        return queue_letter(
            self.kind,
            key=f"decision:{self.decision.pk}:{self.to.email}",
            to=self.to,
            context=self.context,
            about=self.decision.challenge,
            thread=self.round.slug,
            reply_to=self.round.partnership.reply_to,
        )


def decision_letters(round_: Round, decisions: Iterable[Decision]) -> list[DecisionLetter]:
    """Return every letter that tells `decisions`: to contact person and deputy (one query).

    Someone who has signed in reads it in the language they chose, others in the text's language.
    """
    listed = list(decisions)
    named = [(decision, _named(decision.challenge)) for decision in listed]
    addresses = {email for _, people in named for email in people}
    known = dict(User.objects.filter(email__in=addresses).values_list("email", "language"))
    return [
        DecisionLetter(
            decision, Recipient(email, known.get(email, decision.challenge.language), name), round_
        )
        for decision, people in named
        for email, name in people.items()
    ]


def _named(challenge: Challenge) -> dict[str, str]:
    people = {
        challenge.deputy_email.lower(): challenge.deputy_name,
        challenge.contact_email.lower(): challenge.contact_name,
    }
    people.pop("", None)
    return dict(reversed(people.items()))


def queue_decisions(round_: Round, decisions: Iterable[Decision]) -> int:
    """Queue the letters that tell `decisions`; returns how many were new."""
    return sum(letter.queue() for letter in decision_letters(round_, decisions))
