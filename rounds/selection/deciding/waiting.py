"""What waits around decisions: telling, a free place, taking part, feedback."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from minno_portal import clock
from minno_portal.waiting import Waiting, provides_waiting
from organisations.people.models import User
from rounds.challenges.enums import DECIDED, TAKES_PLACE, Status
from rounds.challenges.models import Challenge
from rounds.planning.mine import coordinated_rounds, may_have
from rounds.planning.models import Round
from rounds.selection.deciding.models import FeedbackWish
from rounds.selection.deciding.reminders import unconfirmed
from rounds.selection.deciding.reserve import reserve_of
from rounds.selection.due import end_of
from rounds.selection.enums import Outcome
from rounds.selection.models import Decision
from rounds.selection.places import places_of


def _after_the_call(user: User) -> list[Round]:
    """Return those of the user's rounds in which anything can have been decided."""
    return [each for each in coordinated_rounds(user) if each.call_closes_at <= clock.now()]


@provides_waiting
def decisions_to_announce(user: User) -> Iterator[Waiting]:
    """Yield a line a round whose decisions are made and can be told."""
    mine = {each.pk: each for each in coordinated_rounds(user) if may_have(each, DECIDED)}
    if not mine:
        return
    untold = (
        Decision.objects.standing()
        .filter(challenge__round__in=mine, announced_at=None)
        .exclude(challenge__status=Status.WITHDRAWN)
        .order_by()
    )
    decided = set(untold.values_list("challenge__round", flat=True))
    if not decided:
        return
    proposed = Challenge.objects.filter(round__in=decided, status=Status.PROPOSED).order_by()
    ready = decided - set(proposed.values_list("round", flat=True))
    for round_ in sorted((mine[pk] for pk in ready), key=attrgetter("decisions_on")):
        text = _("Tell the decisions of round %(code)s") % {"code": round_.code}
        url = reverse("decisions-announce", args=(round_.slug,))
        yield Waiting(text, url, end_of(round_.decisions_on))


@provides_waiting
def places_to_fill(user: User) -> Iterator[Waiting]:
    """Yield a line a round in which a chosen challenge has given its place up."""
    ahead = {
        round_.pk: round_ for round_ in _after_the_call(user) if clock.today() <= round_.kickoff_on
    }
    if not ahead:
        return
    was_chosen = Q(announced_at__isnull=False) | Q(superseded_at=None)
    gone = Decision.objects.filter(
        was_chosen, challenge__round__in=ahead, outcome=Outcome.CONFIRMED
    ).exclude(challenge__status__in=(*TAKES_PLACE, Status.PROPOSED))
    for pk in sorted(set(gone.order_by().values_list("challenge__round", flat=True))):
        yield from _place_of(ahead[pk])


def _place_of(round_: Round) -> Iterator[Waiting]:
    if not places_of(round_).left:
        return
    reserve = reserve_of(round_)
    agreed = next((each.challenge for each in reserve if each.is_agreed), None)
    due = end_of(round_.kickoff_on)
    if agreed:
        text = _("A place is free: take in “%(title)s”, next in reserve")
        url = f"{reverse('decision-edit', args=(agreed.pk,))}#promote"
        yield Waiting(text % {"title": agreed}, url, due, round_.code, round_.slug)
    elif reserve:
        text = _("A place is free: propose “%(title)s” from the reserve")
        url = reverse("packet-send", args=(round_.slug,))
        yield Waiting(text % {"title": reserve[0].challenge}, url, due, round_.code)


@provides_waiting
def participations_to_confirm(user: User) -> Iterator[Waiting]:
    """Yield a line a chosen challenge whose association has not said that it takes part."""
    if not user.ties.contact:
        return
    for asked in unconfirmed().filter(challenge__organisation__in=user.ties.contact):
        text = _("Confirm that you take part: “%(title)s”") % {"title": asked.challenge}
        url = f"{reverse('challenge', args=(asked.challenge_id,))}#decision"
        yield Waiting(text, url, end_of(asked.confirm_by), asked.challenge.round.code)


@provides_waiting
def participations_missing(user: User) -> Iterator[Waiting]:
    """Yield a line a chosen challenge whose association has let the date pass."""
    mine = [each.pk for each in _after_the_call(user) if each.evaluation_on >= clock.today()]
    if not mine:
        return
    late = unconfirmed().filter(challenge__round__in=mine, confirm_by__lt=clock.today())
    for asked in late.order_by("confirm_by", "pk"):
        text = _("Ask %(organisation)s whether it takes part") % {
            "organisation": asked.challenge.organisation.shown_name
        }
        yield Waiting(
            text,
            reverse("challenge", args=(asked.challenge_id,)),
            end_of(asked.confirm_by),
            str(asked.challenge),
            asked.challenge.round.slug,
        )


@provides_waiting
def feedback_to_give(user: User) -> Iterator[Waiting]:
    """Yield a line a wish for feedback that has no answer yet."""
    mine = [each.pk for each in _after_the_call(user)]
    if not mine:
        return
    wishes = FeedbackWish.objects.filter(challenge__round__in=mine, answered_at=None)
    rows = wishes.order_by("asked_at").values_list(
        "challenge", "challenge__title", "challenge__organisation__name", "challenge__round__slug"
    )
    for pk, title, organisation, slug in rows:
        text = _("Give feedback on “%(title)s”") % {"title": title}
        url = reverse("feedback-answer", args=(pk,))
        yield Waiting(text, url, detail=organisation, thread=slug)
