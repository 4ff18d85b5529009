"""Many people of the institution confirm at the same moment, and one place is left."""

from __future__ import annotations

from threading import Barrier

from dev.deadline_race import MOST_THREADS, in_threads
from minno_portal import clock
from minno_portal.outbox.models import Letter
from organisations.membership.enums import Role
from organisations.models import Membership, Organisation, User
from rounds.challenges.enums import TAKES_PLACE, Status
from rounds.models import Challenge, Decision, Proposal, Round
from rounds.selection.enums import Answer, Outcome
from rounds.selection.errors import CapacityFull
from rounds.selection.services import PacketItem, answer_proposal, send_packet


def confirm_race(count: int, round_: Round) -> dict[str, int]:
    """Let `count` people confirm a challenge each when the round has one place left.

    :param round_: a round without challenges, of a partnership whose coordinator may have none.
    :returns: how many were confirmed and refused, and whether anything else changed.
    """
    proposals = _proposals(count, round_)
    people = [_staff(round_, number) for number in range(count)]
    threads = min(count, MOST_THREADS)
    barrier = Barrier(threads)

    def press(index: int) -> bool:
        if index < threads:
            barrier.wait()
        try:
            answer_proposal(proposals[index], answer=Answer.AGREE, note="", actor=people[index])
        except CapacityFull:
            return False
        return True

    answers = in_threads(press, range(count), threads)
    challenges = Challenge.objects.filter(round=round_)
    return {
        "pressed": count,
        "confirmed": sum(answers),
        "refused": count - sum(answers),
        "places": round_.capacity,
        "places_taken": challenges.filter(status__in=TAKES_PLACE).count(),
        "still_waiting": Proposal.objects.waiting().filter(packet__round=round_).count(),
        "decisions": Decision.objects.filter(challenge__round=round_).count(),
        "told_too_early": Letter.objects.filter(
            thread=round_.slug, kind__startswith="decision"
        ).count(),
    }


def _proposals(count: int, round_: Round) -> list[int]:
    """Return proposals that all suggest the last place, as packets of different days may."""
    first = _staff(round_, count)
    coordinator = User.objects.create_user("race-coordinator@example.org")
    Membership.objects.create(
        user=coordinator, organisation=round_.partnership.coordinator, role=Role.COORDINATOR
    )
    taken = _packet(round_, range(1, round_.capacity), Outcome.CONFIRMED, coordinator)
    for pk in taken:
        answer_proposal(pk, answer=Answer.AGREE, note="", actor=first)
    numbers = range(round_.capacity, round_.capacity + count)
    wanted = _packet(round_, numbers, Outcome.RESERVE, coordinator)
    # A packet itself never suggests more than there are places.
    Proposal.objects.filter(pk__in=wanted).update(suggested=Outcome.CONFIRMED)
    return wanted


def _packet(round_: Round, numbers: range, suggested: str, coordinator: User) -> list[int]:
    items = [
        PacketItem(_challenge(round_, number).pk, suggested, "Hyvä haaste") for number in numbers
    ]
    packet = send_packet(round_.pk, items=items, message="", actor=coordinator)
    return list(packet.proposals.order_by("position").values_list("pk", flat=True))


def _challenge(round_: Round, number: int) -> Challenge:
    organisation = Organisation.objects.create(name=f"Viimeisen paikan yhdistys {number} ry")
    return Challenge.objects.create(
        round=round_,
        organisation=organisation,
        status=Status.SUBMITTED,
        number=number,
        reference=round_.reference(number),
        submitted_at=clock.now(),
        title=f"Haaste {number}",
        contact_email=f"race-{number}@example.org",
        is_national=True,
    )


def _staff(round_: Round, number: int) -> User:
    user = User.objects.create_user(f"race-staff-{number}@example.org")
    Membership.objects.create(
        user=user, organisation=round_.partnership.institution, role=Role.STAFF
    )
    return user
