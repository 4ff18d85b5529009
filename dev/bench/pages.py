"""Which pages are measured, by whom they are opened and how much each may cost."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from dev.bench.fill import Scene, session_cookie
from rounds.planning.models import Round

LIST_BAR = 15.0
OBJECT_BAR = 8.0
PUBLIC_BAR = 3.0


@dataclass(frozen=True, slots=True)
class Page:
    """A page: `bar` is the most it may cost in CPU, as a multiple of the floor."""

    name: str
    path: str
    cookie: str
    bar: float


def pages(scene: Scene) -> list[Page]:
    """Return every page of the bench."""
    crew, big, small, long = scene.crew, scene.big, scene.small, scene.long
    coordinator = session_cookie(crew.coordinator)
    contact = session_cookie(crew.contacts["esimerkki"])
    staff = session_cookie(crew.staff)
    first = big.challenges.order_by("number")[0]
    own = big.challenges.filter(organisation=crew.organisations["esimerkki"])[0]

    def of_round(name: str, made: Round = big) -> str:
        return reverse(name, args=[made.slug])

    return [
        Page("landing page", reverse("landing"), "", PUBLIC_BAR),
        Page("public rounds", reverse("public-rounds"), "", PUBLIC_BAR),
        Page("public page of a round", of_round("public-round"), "", PUBLIC_BAR),
        Page("the form beforehand", of_round("public-form"), "", PUBLIC_BAR),
        Page("public outcomes", reverse("public-outcomes"), "", PUBLIC_BAR),
        Page("privacy notice", reverse("privacy"), "", PUBLIC_BAR),
        Page("table of challenges, 50 rows", of_round("round-challenges"), coordinator, LIST_BAR),
        Page("same table for the institution", of_round("round-challenges"), staff, LIST_BAR),
        Page("letters of a round, 50 rows", of_round("round-letters"), coordinator, LIST_BAR),
        Page("my challenges", reverse("challenges"), contact, LIST_BAR),
        Page("board of 8", of_round("round-selection", small), coordinator, LIST_BAR),
        Page("board of 50", of_round("round-selection", long), coordinator, LIST_BAR),
        Page("rounds", reverse("rounds"), coordinator, LIST_BAR),
        Page("first page, coordinator", reverse("desk"), coordinator, LIST_BAR),
        Page("first page, association", reverse("desk"), contact, LIST_BAR),
        Page(
            "a challenge, coordinator",
            reverse("challenge", args=[first.pk]),
            coordinator,
            OBJECT_BAR,
        ),
        Page("a challenge, association", reverse("challenge", args=[own.pk]), contact, OBJECT_BAR),
        Page("overview of a round", of_round("round"), coordinator, OBJECT_BAR),
        Page("report page of a round", of_round("round-report"), coordinator, OBJECT_BAR),
    ]
