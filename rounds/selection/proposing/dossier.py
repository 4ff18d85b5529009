"""What the institution reads to decide: a packet with each challenge as it was proposed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from organisations.people.models import User
from rounds.challenges.helping.comparing import Compared, changed_labels, compare_versions
from rounds.challenges.models import Challenge
from rounds.challenges.presentation import Part, parts
from rounds.challenges.sections import Text, form_of
from rounds.planning.models import Round
from rounds.selection.assessing.visibility import Sight, sight_of
from rounds.selection.enums import Outcome
from rounds.selection.models import Packet, Proposal
from rounds.selection.places import places_taken
from rounds.selection.proposing.assessed import Side, assessed_of, sides_of
from rounds.selection.proposing.candidates import packet_words
from rounds.selection.proposing.sent import (
    Content,
    latest_proposals,
    reserve_places,
    reserves_ahead,
    submitted_now,
)
from rounds.selection.proposing.services import PacketItem, next_number, unsaved_proposal

# What the institution need not read to decide: persons, and permissions given to the coordinator.
LEFT_OUT = ("contact", "permissions")


@dataclass
class Entry:
    """One challenge of a packet.

    `content` is its text and `sides` what both parties thought of it when the packet was sent; in
    a draft `sides` is empty for somebody who is still to give an own view first. `previous` is
    what was proposed and answered before, `now` the text of today.
    """

    proposal: Proposal
    round: Round
    reserve_place: int | None
    sides: list[Side]
    previous: Proposal | None
    now: Content

    @property
    def challenge(self) -> Challenge:
        """The challenge, with its organisation."""
        challenge: Challenge = self.proposal.challenge
        return challenge

    @property
    def content(self) -> Content:
        """The challenge's text as it was proposed."""
        content: Content = self.proposal.snapshot
        return content

    @property
    def title(self) -> str:
        """The challenge's title as it was proposed."""
        return self.content.get("title") or str(self.challenge)

    @property
    def suggestion(self) -> str:
        """What is suggested, with the place in the reserve."""
        label = Outcome(self.proposal.suggested).label
        if self.reserve_place is None:
            return str(label)
        return _("%(suggestion)s, place %(place)d") % {
            "suggestion": label,
            "place": self.reserve_place,
        }

    @cached_property
    def parts(self) -> list[Part]:
        """The text section by section, without what is no business of the institution."""
        found = parts(self.content, self.round)
        return [part for part in found if part.section.key not in LEFT_OUT]

    @cached_property
    def changed_since(self) -> list[Compared]:
        """What has been changed after it was proposed, word by word."""
        return _changes(self.content, self.now, self.round)

    @cached_property
    def changed_before(self) -> list[Compared]:
        """What was changed between the packet before and this one, word by word."""
        if self.previous is None:
            return []
        return _changes(self.previous.snapshot, self.content, self.round)

    @property
    def changed_answers(self) -> list[Text]:
        """The names of the questions that were answered otherwise the time before."""
        if self.previous is None:
            return []
        sections = form_of(self.round).ever
        labels = {each.field: each.label for part in sections for each in part.questions}
        return changed_labels(self.previous.snapshot, self.content, labels)


def _changes(old: Content, new: Content, round_: Round) -> list[Compared]:
    """Return the sections that differ; comparing costs nothing where nothing does."""
    if old == new or not old:
        return []
    return [part for part in compare_versions(_without(old), _without(new), round_) if part.changed]


def _without(content: Content) -> Content:
    return {name: value for name, value in content.items() if not name.startswith(_PERSONS)}


_PERSONS = ("contact_", "deputy_")


@dataclass
class Dossier:
    """A packet with everything that goes with it; `number` is the next one's for a draft."""

    round: Round
    number: int
    message: str
    entries: list[Entry]
    places_left: int
    sent_at: dt.datetime | None = None
    sent_by: str = ""

    @property
    def is_draft(self) -> bool:
        """Whether it has not been sent."""
        return self.sent_at is None

    @property
    def again(self) -> int:
        """How many of the challenges were proposed before."""
        return sum(entry.previous is not None for entry in self.entries)

    @property
    def words(self) -> str:
        """The packet in one line."""
        return packet_words(self.number, len(self.entries), self.again)

    @property
    def title(self) -> str:
        """What the dossier is called."""
        return _("Round %(code)s, packet %(number)d") % {
            "code": self.round.code,
            "number": self.number,
        }

    @property
    def file_name(self) -> str:
        """What its files are called, without their endings."""
        return f"{self.round.slug}-packet-{self.number}{'-draft' if self.is_draft else ''}"


def sent_dossier(packet: Packet, user: User) -> Dossier:
    """Return a sent packet's dossier as `user` may read it.

    :param packet: with its round, and the round with its partnership.
    """
    proposals = packet.proposals.select_related("challenge__organisation", "answered_by")
    return Dossier(
        round=packet.round,
        number=packet.number,
        message=packet.message,
        entries=entries_of(packet, list(proposals.order_by("position")), user),
        places_left=packet.round.capacity - places_taken(packet.round),
        sent_at=packet.sent_at,
        sent_by=str(packet.sent_by),
    )


def entries_of(packet: Packet, proposals: Sequence[Proposal], user: User) -> list[Entry]:
    """Return the entries of a packet's proposals (at most four queries, one more from packet 2).

    A proposal that stands here alone is numbered in the reserve as if it were the packet's first.
    """
    ids = [proposal.challenge_id for proposal in proposals]
    now = submitted_now(ids)
    previous = latest_proposals(ids, before=packet.number)
    sight = sight_of(packet.round, user)
    ahead = reserves_ahead(packet, ids)
    places = reserve_places((proposal.suggested for proposal in proposals), ahead)
    return [
        Entry(
            proposal=proposal,
            round=packet.round,
            reserve_place=place,
            sides=_sides(proposal, packet.round, sight),
            previous=previous.get(proposal.challenge_id),
            now=now[proposal.challenge_id].content
            if proposal.challenge_id in now
            else proposal.snapshot,
        )
        for proposal, place in zip(proposals, places, strict=True)
    ]


def _sides(proposal: Proposal, round_: Round, sight: Sight) -> list[Side]:
    is_sent = proposal.packet.pk is not None
    if not sight.sees(proposal.challenge, as_sent=is_sent):
        return []
    return sides_of(proposal.assessed, round_)


def entry_of(proposal: Proposal, user: User) -> Entry:
    """Return the entry of one proposal, with its place among the packet's in reserve."""
    packet = proposal.packet
    entry = entries_of(packet, [proposal], user)[0]
    if entry.reserve_place is not None:
        before = packet.proposals.filter(position__lt=proposal.position)
        entry.reserve_place += before.filter(suggested=Outcome.RESERVE).count()
    return entry


def draft_dossier(round_: Round, items: Sequence[PacketItem], message: str, user: User) -> Dossier:
    """Return the dossier of a packet that has not been sent, as it would be sent now."""
    ids = [item.challenge_id for item in items]
    challenges = Challenge.objects.select_related("organisation", "round").in_bulk(ids)
    assessed = assessed_of(round_.pk, ids)
    packet = Packet(round=round_, number=next_number(round_))
    proposals = []
    for position, item in enumerate(items, 1):
        challenge = challenges[item.challenge_id]
        challenge.round = round_
        proposals.append(
            unsaved_proposal(packet, position, item, challenge, assessed[challenge.pk])
        )
    return Dossier(
        round=round_,
        number=packet.number,
        message=message.strip(),
        entries=entries_of(packet, proposals, user),
        places_left=round_.capacity - places_taken(round_),
    )
