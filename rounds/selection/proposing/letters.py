"""The letters about packets: to the institution, and of its answers to the coordinator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from minno_portal import dates
from minno_portal.outbox.services import (
    Addressee,
    Kind,
    Placeholder,
    Recipient,
    Rendered,
    absolute_url,
    letter_kind,
    preview_letter,
    queue_letter,
)
from minno_portal.outbox.telling import Content
from organisations.membership.enums import Role
from organisations.people.models import User
from rounds.planning.models import Round
from rounds.selection.enums import Answer
from rounds.selection.models import Packet, Proposal
from rounds.selection.wording import challenges

_CODE = Placeholder("code", gettext_lazy("the round, for example 2/2027"))
_DAY = Placeholder("day", gettext_lazy("the day by which decisions are told"))
_CHALLENGES = Placeholder("challenges", gettext_lazy("how many challenges"))
_ADMIN_URL = Placeholder("url", gettext_lazy("link to the page for answering"), is_required=True)
PACKET = letter_kind(
    Kind(
        "packet",
        label=gettext_lazy("Proposals wait for the institution’s answer"),
        reader=gettext_lazy("the institution’s staff"),
        occasion=gettext_lazy("at once, when the coordinator sends the packet"),
        placeholders=(
            _CODE,
            Placeholder("coordinator", gettext_lazy("the coordinator")),
            Placeholder("packet", gettext_lazy("the round and, from the second on, the packet")),
            _CHALLENGES,
            Placeholder("places", gettext_lazy("how many places the round has")),
            Placeholder("again", gettext_lazy("how many have been proposed before")),
            Placeholder("message", gettext_lazy("what the coordinator wrote"), is_required=True),
            _DAY,
            _ADMIN_URL,
        ),
    )
)
PACKET_REMINDER = letter_kind(
    Kind(
        "packet-reminder",
        label=gettext_lazy("Proposals still wait for the institution’s answer"),
        reader=gettext_lazy("the institution’s staff, one letter for all rounds"),
        occasion=gettext_lazy("three days and a day before decisions are told"),
        placeholders=(
            _CHALLENGES,
            _DAY,
            Placeholder("lines", gettext_lazy("the rounds, a line each"), is_required=True),
            _ADMIN_URL,
        ),
        in_daytime=True,
    )
)
_ANSWERS = (
    _CODE,
    Placeholder("institution", gettext_lazy("the educational institution")),
    Placeholder("number", gettext_lazy("the packet’s number")),
    Placeholder("lines", gettext_lazy("the answers, a line each"), is_required=True),
    Placeholder("returned", gettext_lazy("what came back to the coordinator")),
    Placeholder("url", gettext_lazy("link to the packet’s page"), is_required=True),
)
PACKET_ANSWERED = letter_kind(
    Kind(
        "packet-answered",
        label=gettext_lazy("The institution has answered every proposal"),
        reader=gettext_lazy("the coordinator’s people"),
        occasion=gettext_lazy("at once, with the last answer to a packet"),
        placeholders=_ANSWERS,
        is_editable=False,
    )
)
PROPOSALS_RETURNED = letter_kind(
    Kind(
        "proposals-returned",
        label=gettext_lazy("The institution asks for changes"),
        reader=gettext_lazy("the coordinator’s people"),
        occasion=gettext_lazy("at once, when a proposal needs a change and others still wait"),
        placeholders=_ANSWERS,
        is_editable=False,
    )
)


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
    return preview_letter(
        PACKET,
        to=to,
        values=lambda to: packet_values(packet, count, again, to),
        sender=packet.round.sender,
    )


def queue_packet(packet: Packet, count: int, again: int, readers: Iterable[User]) -> None:
    """Tell the institution's staff that proposals wait for their answer.

    :param again: how many of them have been proposed before.
    """
    for reader in readers:
        queue_letter(
            PACKET,
            key=f"packet:{packet.pk}:{reader.pk}",
            to=Recipient.of(reader),
            values=lambda to: packet_values(packet, count, again, to),
            sender=packet.round.sender,
            about=packet.round,
        )


@dataclass(frozen=True, slots=True)
class Unanswered:
    """How many proposals of one round wait for the institution's answer."""

    round: Round
    count: int


def packet_reminder(waiting: Sequence[Unanswered]) -> Content:
    """Return the reminder of every round whose proposals wait, in one letter.

    :param waiting: the rounds, the soonest first.
    """
    first = waiting[0].round
    return Content(
        values=lambda to: {
            "challenges": challenges(sum(each.count for each in waiting)),
            "day": dates.weekday_day(first.decisions_on),
            "lines": "\n".join(waiting_line(each.round, each.count) for each in waiting),
            "url": absolute_url("admin:rounds_proposal_changelist", language=to.language),
        },
        sender=first.sender,
        about=first,
    )


def waiting_line(round_: Round, count: int) -> str:
    """Return one round of the reminder."""
    line = _("Round %(code)s: %(challenges)s")
    return "- " + line % {"code": round_.code, "challenges": challenges(count)}


def packet_values(packet: Packet, count: int, again: int, to: Addressee) -> dict[str, str]:
    """Return what fills the letter of a packet, in the present language."""
    round_ = packet.round
    return {
        "code": round_.code,
        "coordinator": round_.partnership.coordinator.shown_name,
        "packet": _name_of(packet),
        "challenges": challenges(count),
        "places": _places(round_.capacity),
        "again": _proposed_before(packet, again),
        "message": _quoted(packet.message.strip()),
        "day": dates.weekday_day(round_.decisions_on),
        "url": absolute_url("admin:rounds_proposal_changelist", language=to.language),
    }


def _name_of(packet: Packet) -> str:
    code = packet.round.code
    if packet.number == 1:
        return _("Round %(code)s") % {"code": code}
    return _("Round %(code)s, packet %(number)d") % {"code": code, "number": packet.number}


def _places(capacity: int) -> str:
    return ngettext("The round has one place.", "The round has %(counter)d places.", capacity) % {
        "counter": capacity
    }


def _proposed_before(packet: Packet, again: int) -> str:
    if not again:
        return ""
    return ngettext(
        "This is packet %(number)d: one of the challenges has been proposed before. "
        "What you answered then stands beside it.",
        "This is packet %(number)d: %(counter)d of the challenges have been proposed before. "
        "What you answered then stands beside them.",
        again,
    ) % {"number": packet.number, "counter": again}


def _quoted(message: str) -> str:
    return "{}\n\n{}".format(_("The coordinator writes:"), message) if message else ""


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
        queue_letter(
            PACKET_ANSWERED if is_complete else PROPOSALS_RETURNED,
            key=f"{key}:{reader.pk}",
            to=Recipient.of(reader),
            values=lambda to: answer_values(packet, proposals, language=to.language),
            sender=round_.sender,
            about=round_,
        )


def answer_values(
    packet: Packet, proposals: Sequence[Proposal], *, language: str
) -> dict[str, str]:
    """Return what fills a letter about answers to a packet, in the present language."""
    round_ = packet.round
    return {
        "code": round_.code,
        "institution": round_.partnership.institution.shown_name,
        "number": str(packet.number),
        "lines": "\n".join(answer_line(proposal) for proposal in proposals),
        "returned": returned_words(proposals),
        "url": absolute_url("packet-sent", round_.slug, packet.number, language=language),
    }


def answer_line(proposal: Proposal) -> str:
    """Return one answered proposal, with its note below."""
    challenge = proposal.challenge
    line = f"- {challenge.reference} {challenge.title}: {proposal.get_answer_display()}"
    return f"{line}\n  {proposal.answer_note}" if proposal.answer_note else line


def returned_words(proposals: Sequence[Proposal]) -> str:
    """Return what came back to the coordinator, in a sentence; empty for nothing."""
    count = sum(each.answer == Answer.CHANGE for each in proposals)
    if not count:
        return ""
    return ngettext(
        "One challenge came back to you: "
        "ask the association for a completion, or propose it again as it is.",
        "%(counter)d challenges came back to you: "
        "ask the associations for completions, or propose them again as they are.",
        count,
    ) % {"counter": count}
