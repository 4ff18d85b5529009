"""A round from call to evaluation: decisions, teams, outcomes, feedback."""

from __future__ import annotations

import re

from demo import deciding
from demo.crew import Crew
from demo.sample_data import Entry
from demo.selecting import announce, assess, confirm_all, propose, rank
from demo.year import DAY, WEEK, at, give, log, monday, open_round
from minno_portal import clock
from minno_portal.outbox.models import Letter
from rounds.challenges.models import Challenge
from rounds.feedback.enums import Respondent
from rounds.feedback.questions import questions_for
from rounds.feedback.services import answer_feedback, ask_feedback, invitation_for
from rounds.outcomes.services import publish_outcome, record_outcome
from rounds.planning.models import Round
from rounds.projects.services import complete_project, name_team, start_project
from rounds.selection.services import set_aside

WORKING_DAYS = {
    "continuity": "0.5",
    "announcing": "0.75",
    "form": "0.25",
    "shaping": "0.5",
    "selection": "0.75",
    "following": "1.25",
    "fest": "1",
    "publishing": "0.5",
    "continuing": "0.25",
    "evaluating": "0.25",
}

LINK = re.compile(r"/feedback/([^/\s]+)/")
# One of them never answers: the tutor, whose group is too small to be shown anyway.
SILENT = Respondent.TUTOR
RATINGS = (5, 4, 4, 5, 3, 4)
TEXTS = (
    {"good": "Tiimi kävi paikan päällä heti toisella viikolla.", "better": ""},
    {
        "good": "Aina tiesi, mitä seuraavaksi tapahtuu.",
        "better": "Aloitus iltapäivällä, kiitos.",
    },
    {"good": "", "better": "Aineistot olisi hyvä saada jo ennen aloitusta."},
)


def play(crew: Crew, sample: Entry) -> None:
    """Make the round so that it was evaluated some months ago."""
    kickoff = monday(clock.today() - 30 * WEEK)
    made = open_round(crew, sample, kickoff=kickoff, form="day")
    entries = sample["challenge"]
    opened = made.call_opens_at.date()
    given = [
        (entry, give(crew, made, entry, day=opened + DAY * (3 + 6 * index)))
        for index, entry in enumerate(entries)
    ]
    assess(crew, given, day=made.packet_on - 3 * DAY)
    _choose(crew, made, given)
    _carry_out(crew, made, given)
    _hear(crew, made)
    log(crew, made, WORKING_DAYS, on=made.evaluation_on)


def _choose(crew: Crew, made: Round, given: list[tuple[Entry, Challenge]]) -> None:
    chosen = [pair for pair in given if pair[0]["outcome"] == "confirmed"]
    with at(made.packet_on - DAY):
        rank(crew, [challenge for _, challenge in given])
        for entry, challenge in given:
            if entry["outcome"] != "confirmed":
                set_aside(
                    challenge.pk,
                    outcome=entry["outcome"],
                    reason=entry["reason"],
                    internal_note="",
                    actor=crew.coordinator,
                )
    with at(made.packet_on):
        packet = propose(crew, made, chosen)
    with at(made.packet_on + 2 * DAY):
        confirm_all(crew, packet)
    with at(made.decisions_on):
        announce(crew, made, chosen)
    with at(made.decisions_on + 2 * DAY):
        for entry, challenge in chosen:
            deciding.take_part(crew, entry["by"], challenge)
    asking = next(pair for pair in given if pair[0]["outcome"] == "not_selected")
    deciding.ask_for_feedback(crew, asking[0]["by"], asking[1])


def _carry_out(crew: Crew, made: Round, given: list[tuple[Entry, Challenge]]) -> None:
    teams = [(entry, challenge) for entry, challenge in given if "team" in entry]
    with at(made.kickoff_on):
        for number, (entry, challenge) in enumerate(teams, start=1):
            name_team(
                challenge.pk,
                name=entry["team"],
                contact_email=f"tiimi{number}@example.org",
                tutor_name="Metropolian ohjaaja",
                tutor_email="ohjaaja@example.org",
                actor=crew.staff,
            )
            start_project(challenge.pk, actor=crew.staff)
    with at(made.fest_on + DAY):
        for entry, challenge in teams:
            complete_project(challenge.pk, actor=crew.coordinator)
            outcome = record_outcome(
                challenge.pk,
                title=entry["result_title"],
                summary=entry["result_summary"],
                kind=entry["result_kind"],
                link="",
                language=challenge.language,
                may_publish=True,
                actor=crew.coordinator,
            )
            publish_outcome(outcome.pk, actor=crew.coordinator)


def _hear(crew: Crew, made: Round) -> None:
    """Ask everybody and let most of them answer through the link in their letter."""
    with at(made.fest_on + 2 * DAY):
        ask_feedback(made.pk, actor=crew.coordinator)
        # The personal links leave the outbox with the letters, so they are read before.
        letters = Letter.objects.filter(kind="feedback-request", thread=made.slug).order_by("pk")
        links = [link[1] for letter in letters if (link := LINK.search(letter.text))]
    for index, token in enumerate(links):
        role = invitation_for(token).role
        if role != SILENT:
            with at(made.fest_on + (3 + index % 3) * DAY):
                _answer(token, role, index)


def _answer(token: str, role: str, index: int) -> None:
    asked = questions_for(role)
    ratings = {
        question.key: RATINGS[(index + place) % len(RATINGS)]
        for place, question in enumerate(asked.rated)
    }
    answer_feedback(token, ratings=ratings, texts=TEXTS[index % len(TEXTS)])
