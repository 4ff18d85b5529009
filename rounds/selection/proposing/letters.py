"""The letters about packets: to the institution, and of its answers to the coordinator."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from minno_portal.outbox.services import (
    Recipient,
    Rendered,
    absolute_url,
    preview_letter,
    queue_letter,
)
from organisations.membership.enums import Role
from organisations.people.models import User
from rounds.planning.models import Round
from rounds.selection.enums import Answer
from rounds.selection.models import Packet, Proposal


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


def preview_packet(packet: Packet, count: int, again: int, to: Recipient) -> Rendered:
    """Return the letter that tells of a packet, before it is sent."""
    return preview_letter("packet", to=to, context=_packet_context(packet, count, again, to))


def queue_packet(packet: Packet, count: int, again: int, readers: Iterable[User]) -> None:
    """Tell the institution's staff that proposals wait for their answer.

    :param again: how many of them have been proposed before.
    """
    for reader in readers:
        to = Recipient.of(reader)
        queue_letter(
            "packet",
            key=f"packet:{packet.pk}:{reader.pk}",
            to=to,
            context=_packet_context(packet, count, again, to),
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


def _packet_context(packet: Packet, count: int, again: int, to: Recipient) -> dict[str, object]:
    return {
        "round": packet.round,
        "partnership": packet.round.partnership,
        "packet": packet,
        "count": count,
        "again": again,
        "message": packet.message.strip(),
        "url": absolute_url("admin:rounds_proposal_changelist", language=to.language),
    }


def coordinators_of(round_: Round, *, without: User) -> list[User]:
    """Return the coordinator's people who are told of answers; who answers knows already."""
    people = User.objects.filter(
        is_active=True,
        memberships__organisation=round_.partnership.coordinator_id,
        memberships__role=Role.COORDINATOR,
    )
    return list(people.exclude(pk=without.pk).order_by("email"))


def tell_of_answers(packet: Packet, answered: Sequence[Proposal], actor: User) -> None:
    """Tell the coordinator of answers: of the whole packet with the last one, of a change at once.

    Answers that decide are not told one by one, so that a packet makes one letter and not eight.

    :param answered: what `actor` has answered just now.
    """
    if not packet.proposals.waiting().exists():
        told = packet.proposals.exclude(answer="").select_related("challenge")
        key = f"packet-answered:{packet.pk}"
        _queue_answers(packet, list(told.order_by("position")), key, actor, is_complete=True)
        return
    returned = [proposal for proposal in answered if proposal.answer == Answer.CHANGE]
    if returned:
        key = f"proposals-returned:{min(proposal.pk for proposal in returned)}"
        _queue_answers(packet, returned, key, actor, is_complete=False)


def _queue_answers(
    packet: Packet, proposals: Sequence[Proposal], key: str, actor: User, *, is_complete: bool
) -> None:
    round_ = packet.round
    for reader in coordinators_of(round_, without=actor):
        to = Recipient.of(reader)
        queue_letter(
            "packet-answers",
            key=f"{key}:{reader.pk}",
            to=to,
            context={
                "round": round_,
                "partnership": round_.partnership,
                "packet": packet,
                "proposals": proposals,
                "count": len(proposals),
                "returned": sum(each.answer == Answer.CHANGE for each in proposals),
                "is_complete": is_complete,
                "url": absolute_url(
                    "packet-sent", round_.slug, packet.number, language=to.language
                ),
            },
            about=round_,
            thread=round_.slug,
            reply_to=round_.partnership.reply_to,
        )
