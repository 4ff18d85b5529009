"""Fills a round with challenges that differ: words, organisations, statuses, versions, readings."""

from __future__ import annotations

import datetime as dt
import itertools
import random

from dev.bench.fill import Scene
from minno_portal import clock
from organisations.register.models import Organisation
from rounds.challenges.enums import Status, Visibility
from rounds.challenges.helping.models import Reading
from rounds.challenges.models import Challenge, Comment, Revision
from rounds.planning.models import Round

ORGANISATIONS = 234
BATCH = 1000
# Every so many challenges: one speaks of something rare, is to be completed, has been read.
RARE, ASKED, READ = 97, 20, 3
LATER = 9
RARE_WORD = "kyläkauppa"
SUBJECTS = ("ikääntyneet", "nuoret", "omaishoitajat", "maahan muuttaneet", "vapaaehtoiset")
PLACES = ("kahvilassa", "koulussa", "verkossa", "kirjastossa", "kotona", "kylillä", "työpaikalla")
MATTERS = ("yksinäisyys", "osallisuus", "digitaidot", "hyvinvointi", "toimeentulo", "vertaistuki")


def fill(scene: Scene, size: int) -> None:
    """Bring the scene's big round to `size` submitted challenges."""
    _add_organisations()
    dice = random.Random(size)  # noqa: S311 (nothing secret)
    start = Challenge.objects.filter(round=scene.big, number__isnull=False).count()
    organisations = list(Organisation.objects.values_list("pk", flat=True))
    numbers = iter(range(start + 1, size + 1))
    while batch := list(itertools.islice(numbers, BATCH)):
        _add(scene, [_challenge(scene.big, number, organisations, dice) for number in batch])


def _add_organisations() -> None:
    lacking = ORGANISATIONS - Organisation.objects.count()
    Organisation.objects.bulk_create(
        Organisation(name=f"{MATTERS[number % len(MATTERS)].title()} {number} ry")
        for number in range(lacking)
    )


def _challenge(
    round_: Round, number: int, organisations: list[int], dice: random.Random
) -> Challenge:
    rare = f" Keskellä on {RARE_WORD}." if number % RARE == LATER else ""
    moment = clock.now() - dt.timedelta(minutes=dice.randrange(20_000))
    is_asked = number % ASKED == LATER
    return Challenge(
        round=round_,
        organisation_id=dice.choice(organisations),
        status=Status.NEEDS_COMPLETION if is_asked else Status.SUBMITTED,
        completion_due_at=moment + dt.timedelta(weeks=2) if is_asked else None,
        number=number,
        reference=round_.reference(number),
        submitted_at=moment,
        title=f"{dice.choice(MATTERS).title()} {dice.choice(PLACES)} {dice.randrange(100_000)}",
        summary=_text(dice, 3),
        need=_text(dice, 8) + rare,
        change_sought=_text(dice, 4),
        target_group=_text(dice, 2),
        contact_name="Yhdyshenkilö",
        contact_email="yhdyshenkilo@example.org",
        is_national=True,
    )


def _text(dice: random.Random, sentences: int) -> str:
    return "Yksinäisyys huomataan vasta myöhään. " + " ".join(
        f"Mukana ovat {dice.choice(SUBJECTS)}, joille tärkeää on {dice.choice(MATTERS)} "
        f"{dice.choice(PLACES)} ja luku {dice.randrange(1000)}."
        for _sentence in range(sentences)
    )


def _add(scene: Scene, challenges: list[Challenge]) -> None:
    """Write challenges with a version each, some comments and some readings."""
    made = Challenge.objects.bulk_create(challenges)
    Revision.objects.bulk_create(
        Revision(challenge=challenge, number=1, content={"title": challenge.title})
        for challenge in made
    )
    coordinator = scene.crew.coordinator
    Comment.objects.bulk_create(
        Comment(
            challenge=challenge,
            author=coordinator,
            visibility=Visibility.PARTIES,
            body="Hyvä alku.",
        )
        for challenge in made[::2]
    )
    Reading.objects.bulk_create(
        Reading(challenge=challenge, user=coordinator, revision=1) for challenge in made[::READ]
    )
