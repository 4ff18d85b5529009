"""Fills the bench's database: one round with many challenges, two to assess, and their people."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from demo.crew import Crew, assemble
from minno_portal import clock
from minno_portal.outbox.enums import State
from minno_portal.outbox.models import Letter
from organisations.people.models import User
from organisations.register.models import Organisation
from rounds.challenges.content import snapshot
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge, Revision
from rounds.planning.calendar import lay_out
from rounds.planning.models import Round
from rounds.planning.services import create_round, publish_round, update_calendar
from rounds.selection.enums import Party
from rounds.selection.models import Assessment, Score

BOARD_SIZE = 8
LONG_BOARD_SIZE = 50
TEXT = (
    "Vapaaehtoisemme tapaavat viikoittain 600 iäkästä, ja yksinäisyys huomataan usein vasta. " * 4
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What the pages of the bench are about."""

    crew: Crew
    big: Round
    small: Round
    long: Round


def build() -> Scene:
    """Make the people and three rounds whose calls are open now."""
    crew = assemble(clock.now() - dt.timedelta(days=400))
    big = _round(crew, number=8)
    small = _round(crew, number=9)
    grow(big, BOARD_SIZE)
    grow(small, BOARD_SIZE)
    _assess(crew, small)
    long = _round(crew, number=7)
    grow(long, LONG_BOARD_SIZE)
    _assess(crew, long)
    return Scene(crew, big, small, long)


def _round(crew: Crew, *, number: int) -> Round:
    kickoff = clock.today() + dt.timedelta(weeks=7)
    kickoff -= dt.timedelta(days=kickoff.weekday())
    made = create_round(
        crew.partnership.pk,
        number=number,
        year=kickoff.year,
        form="day",
        kickoff_on=kickoff,
        actor=crew.coordinator,
    )
    # The bench runs in July as well.
    rhythm = lay_out("day", kickoff, through_july=True).as_fields()
    update_calendar(made.pk, actor=crew.coordinator, **rhythm)
    return publish_round(made.pk, actor=crew.coordinator)


def grow(made: Round, size: int) -> None:
    """Bring the round to `size` submitted challenges."""
    organisations = list(Organisation.objects.order_by("pk"))
    moment = clock.now()
    start = made.challenges.count()
    Challenge.objects.bulk_create(
        Challenge(
            round=made,
            organisation=organisations[number % len(organisations)],
            status=Status.SUBMITTED,
            number=number,
            reference=made.reference(number),
            submitted_at=moment,
            title=f"Yksinäisyyden varhainen tunnistaminen {number}",
            summary=TEXT[:480],
            need=TEXT,
            change_sought=TEXT,
            target_group=TEXT,
            contact_name="Yhdyshenkilö",
            contact_email="yhdyshenkilo@example.org",
            is_national=True,
        )
        for number in range(start + 1, size + 1)
    )
    Revision.objects.bulk_create(
        Revision(challenge=challenge, number=1, content=snapshot(challenge), submitted_at=moment)
        for challenge in made.challenges.filter(number__gt=start)
    )
    _letters(made, start, size)


def _letters(made: Round, start: int, size: int) -> None:
    moment = clock.now()
    Letter.objects.bulk_create(
        Letter(
            key=f"bench:{made.slug}:{number}",
            kind="receipt",
            state=State.SENT,
            recipient="yhdyshenkilo@example.org",
            language="fi",
            subject="Haasteenne on perillä",
            text=TEXT,
            message_id=f"<bench-{made.pk}-{number}@example.org>",
            thread=made.slug,
            house=made.partnership_id,
            sent_at=moment,
        )
        for number in range(start + 1, size + 1)
    )


def _assess(crew: Crew, made: Round) -> None:
    for challenge in made.challenges.all():
        for assessor, party in (
            (crew.expert, Party.COORDINATOR),
            (crew.staff, Party.INSTITUTION),
        ):
            assessment = Assessment.objects.create(
                challenge=challenge, assessor=assessor, party=party, done_at=clock.now()
            )
            Score.objects.bulk_create(
                Score(assessment=assessment, criterion=criterion, value=4)
                for criterion in made.criteria.all()
            )


def session_cookie(user: User) -> str:
    """Sign `user` in and return the cookie header's value."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return f"sessionid={session.session_key}"
