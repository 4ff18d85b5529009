"""A person's way through the challenges of a round: where they are, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from organisations.people.models import User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection.assessing.models import Assignment, Recusal
from rounds.selection.enums import ASSESSABLE
from rounds.selection.models import Assessment


@dataclass(frozen=True, slots=True)
class Stop:
    """One challenge that a person may assess; `assessments` counts everybody's done ones.

    `is_changed` tells that the text is another one than the person has assessed, `is_proposed` that
    a packet has taken it along, so that nobody waits for their view any more.
    """

    pk: int
    reference: str
    is_asked: bool
    is_done: bool
    is_changed: bool
    is_proposed: bool
    assessments: int
    # How and why the person stands aside: its `kind` and `note`; None for who does not.
    aside: Mapping[str, str] | None

    @property
    def is_aside(self) -> bool:
        """Whether the person stands aside from it."""
        return self.aside is not None

    @property
    def waits(self) -> bool:
        """Whether the person can do something here."""
        return not self.is_aside and (self.is_changed or not self.is_done)

    @property
    def urgency(self) -> tuple[bool, bool, int]:
        """What comes first: what is waited for, what the person answers for, the fewest views."""
        return self.is_proposed, not (self.is_asked or self.is_changed), self.assessments


@dataclass(frozen=True, slots=True)
class Way:
    """A person's challenges in the order of their numbers."""

    stops: Sequence[Stop]

    def around(self, pk: int) -> Place:
        """Return where challenge `pk` stands: among those asked for, if it is one of them."""
        asked = [stop for stop in self.stops if stop.is_asked]
        own = asked if any(stop.pk == pk for stop in asked) else list(self.stops)
        index = next((index for index, stop in enumerate(own) if stop.pk == pk), None)
        if index is None:
            return Place(0, len(own), None, None)
        return Place(
            number=index + 1,
            count=len(own),
            previous=own[index - 1] if index else None,
            following=own[index + 1] if index + 1 < len(own) else None,
            stop=own[index],
        )

    def next_to_assess(self, *, without: int | None = None) -> Stop | None:
        """Return what to assess next, or to look at again because its text has changed."""
        waiting = [stop for stop in self.stops if stop.waits and stop.pk != without]
        return min(waiting, key=lambda stop: stop.urgency, default=None)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a challenge stands on the way, and its neighbours."""

    number: int
    count: int
    previous: Stop | None
    following: Stop | None
    stop: Stop | None = None

    @property
    def is_asked(self) -> bool:
        """Whether the person has been asked to assess it."""
        return self.stop is not None and self.stop.is_asked

    @property
    def aside(self) -> Mapping[str, str] | None:
        """How and why the person stands aside from it."""
        return self.stop.aside if self.stop else None


def way_of(round_: Round, user: User) -> Way:
    """Return what `user` may assess in a round, and how far that is (one query)."""
    own = Assessment.objects.filter(challenge=OuterRef("pk"), assessor=user)
    asked = Assignment.objects.filter(challenge=OuterRef("pk"), assessor=user)
    aside = Recusal.objects.filter(challenge=OuterRef("pk"), user=user).values(
        told=JSONObject(kind="kind", note="note")
    )
    rows = (
        Challenge.objects.submitted()
        .filter(round=round_, status__in=ASSESSABLE)
        .exclude(organisation__in=user.ties.conflicting)
        .annotate(
            is_asked=Exists(asked),
            is_done=Exists(own.filter(done_at__isnull=False)),
            is_changed=Exists(own.to_look_at_again()),
            is_proposed=Q(status=Status.PROPOSED),
            aside=Subquery(aside),
            views=Count("assessments", filter=Q(assessments__done_at__isnull=False)),
        )
        .order_by("number")
        .values_list(
            "pk",
            "reference",
            "is_asked",
            "is_done",
            "is_changed",
            "is_proposed",
            "views",
            "aside",
        )
    )
    return Way([Stop(*row) for row in rows])
