"""What every round of the sample year needs: playing a day, opening a round, giving a challenge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

from demo.crew import Crew
from demo.sample_data import Entry, by_section
from minno_portal import clock
from minno_portal.outbox.delivery import deliver_letter
from minno_portal.outbox.models import Letter
from rounds.call.questions.services import Wanted, add_question
from rounds.challenges.models import Challenge
from rounds.challenges.services import begin_challenge, save_section, submit_challenge
from rounds.planning.calendar import lay_out
from rounds.planning.models import Round
from rounds.planning.services import (
    create_round,
    log_work,
    publish_round,
    set_intro,
    update_calendar,
)

DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(weeks=1)
LANGUAGES = ("fi", "sv", "en")


@contextmanager
def at(day: dt.date, hour: int = 10, minute: int = 0) -> Iterator[None]:
    """Play what is inside on `day`, and deliver the letters that it caused, at that time.

    A moment in the future is played as the present one: the sample year ends today.
    """
    moment = min(clock.helsinki(day, hour, minute), clock.now())
    with clock.playing_at(moment):
        yield
        for letter_id in Letter.objects.due().values_list("pk", flat=True):
            deliver_letter(letter_id)


def monday(day: dt.date) -> dt.date:
    """Return the Monday of the week of `day`."""
    return day - DAY * day.weekday()


def next_number(year: int) -> int:
    """Return the first free number of a round in `year`."""
    return Round.objects.filter(year=year).count() + 1


def open_round(
    crew: Crew, sample: Entry, *, kickoff: dt.date, form: str, number: int | None = None
) -> Round:
    """Make and publish a round as the coordinator does some weeks before its call."""
    with at(kickoff - 12 * WEEK):
        made = create_round(
            crew.partnership.pk,
            number=number or next_number(kickoff.year),
            year=kickoff.year,
            form=form,
            kickoff_on=kickoff,
            actor=crew.coordinator,
        )
        # The sample year ends today, in July as well.
        rhythm = lay_out(form, kickoff, through_july=True).as_fields()
        update_calendar(made.pk, actor=crew.coordinator, **rhythm)
        texts = {language: sample[f"intro_{language}"] for language in LANGUAGES}
        set_intro(made.pk, texts=texts, actor=crew.coordinator)
        for question in sample.get("question", []):
            section = question["section"]
            wanted = Wanted(**{name: question[name] for name in question if name != "section"})
            add_question(made.pk, section=section, wanted=wanted, actor=crew.coordinator)
        publish_round(made.pk, actor=crew.coordinator)
    made.refresh_from_db()
    return made


def give(crew: Crew, made: Round, entry: Entry, *, day: dt.date) -> Challenge:
    """Write a challenge on `day` as its association does, and submit it unless it stays a draft."""
    actor = crew.contacts[entry["by"]]
    organisation = crew.organisations[entry["by"]]
    with at(day, 9, 20):
        challenge = begin_challenge(made.pk, organisation_id=organisation.pk, actor=actor)
        for section, values in by_section(entry).items():
            save_section(challenge.pk, section=section, values=values, version=None, actor=actor)
        for question, answer in zip(
            made.own_questions.all(), entry.get("answers", ()), strict=False
        ):
            own = {question.field: answer}
            save_section(
                challenge.pk, section=question.section, values=own, version=None, actor=actor
            )
    if entry.get("draft"):
        return challenge
    with at(day, 10, 42):
        return submit_challenge(challenge.pk, accepted_terms=True, actor=actor)


def log(crew: Crew, made: Round, days: dict[str, str], *, on: dt.date) -> None:
    """Log the coordinator's working days by phase."""
    with at(on, 15):
        for phase, spent in days.items():
            log_work(
                made.pk,
                phase=phase,
                days=Decimal(spent),
                done_on=clock.today(),
                note="",
                actor=crew.coordinator,
            )
