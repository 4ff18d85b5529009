"""A finished round with everything a report tells: what the report's cost is measured with."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from minno_portal import clock
from organisations.membership.enums import Role
from organisations.models import Membership, Organisation, Partnership, User
from organisations.register.enums import Kind
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.feedback.enums import Respondent
from rounds.feedback.models import FeedbackAnswer, FeedbackInvitation
from rounds.feedback.questions import questions_for
from rounds.outcomes.models import Outcome
from rounds.planning.models import Phase, Round, WorkLog
from rounds.planning.phases import PHASES
from rounds.projects.models import Team
from rounds.selection.enums import Party
from rounds.selection.models import Assessment, Criterion, Decision, Score

TITLES = (
    "Yksinäisyyden varhainen tunnistaminen kotikäynneillä",
    "Vapaaehtoisten digiperehdytys",
    "Omaishoitajan vapaapäivä toimivaksi",
    "Kokemustieto näkyväksi palveluohjauksessa",
    "Jäsenlehden uusi elämä",
    "Nuorten mielenterveyden vertaistuki verkossa",
    "Perhekahvilan ensikäynnistä toiseen käyntiin",
    "Selkokielinen neuvonta maahan muuttaneille",
)
_STATUSES = (
    Status.COMPLETED,
    Status.COMPLETED,
    Status.RUNNING,
    Status.CONFIRMED,
    Status.RESERVE,
    Status.RESERVE,
    Status.NOT_SELECTED,
    Status.WITHDRAWN,
)
_DECISIONS = {
    Status.COMPLETED: "confirmed",
    Status.RUNNING: "confirmed",
    Status.CONFIRMED: "confirmed",
    Status.RESERVE: "reserve",
    Status.NOT_SELECTED: "not_selected",
}
_REASON = "Haaste on ajankohtainen ja rajattu, ja järjestö on varannut aikaa tiimin tueksi."


def finished_round(partnership: Partnership, coordinator: User, teacher: User) -> Round:
    """Make a finished round of eight challenges in a partnership.

    :param coordinator: decides and assesses for the coordinator.
    :param teacher: assesses for the institution.
    """
    round_ = _round(partnership)
    criteria = [
        Criterion.objects.create(round=round_, position=place, name=name, weight=weight)
        for place, (name, weight) in enumerate((("Tarve", 3), ("Selkeys", 2), ("Tuki", 1)), 1)
    ]
    for number, (title, status) in enumerate(zip(TITLES, _STATUSES, strict=True), 1):
        challenge = _challenge(round_, number, title, status, coordinator)
        _assess(challenge, criteria, coordinator, Party.COORDINATOR, 5 - number % 3)
        _assess(challenge, criteria, teacher, Party.INSTITUTION, 2 + number % 4)
        _decide(challenge, coordinator)
        _results(challenge)
    _work(round_, coordinator)
    _feedback(round_)
    return round_


def own_partnership() -> tuple[Partnership, User, User]:
    """Make a partnership of its own with a coordinator and a teacher."""
    umbrella = Organisation.objects.create(name="Mittausjärjestö ry", short_name="Mitta")
    school = Organisation.objects.create(
        name="Mittauskorkeakoulu Oy", short_name="MKK", kind=Kind.INSTITUTION
    )
    partnership = Partnership.objects.create(
        coordinator=umbrella,
        institution=school,
        prefix="MITTA",
        agreed_from=dt.date(2022, 1, 1),
        reply_to="mitta@example.org",
        sign_off="Terveisin",
    )
    people = []
    for name, place, role in (
        ("koordinaattori", umbrella, Role.COORDINATOR),
        ("opettaja", school, Role.STAFF),
    ):
        user = User.objects.create_user(f"{name}.mitta@example.org", name=name.title())
        Membership.objects.create(user=user, organisation=place, role=role)
        people.append(user)
    return partnership, people[0], people[1]


def _round(partnership: Partnership) -> Round:
    kickoff = clock.today() - dt.timedelta(weeks=12)
    week = dt.timedelta(weeks=1)
    morning = clock.helsinki(kickoff, 9)
    round_ = Round.objects.create(
        partnership=partnership,
        year=kickoff.year,
        number=4,
        slug=f"{partnership.prefix.lower()}-4-{kickoff.year}",
        form="day",
        capacity=4,
        call_opens_at=morning - 10 * week,
        call_closes_at=morning - 5 * week,
        packet_on=kickoff - 4 * week,
        decisions_on=kickoff - 3 * week,
        kickoff_on=kickoff,
        contract_on=kickoff + 2 * week,
        midreview_on=kickoff + 3 * week,
        fest_on=kickoff + 6 * week,
        feedback_on=kickoff + 7 * week,
        evaluation_on=kickoff + 10 * week,
        published_at=morning - 10 * week,
        announced_at=morning - 3 * week,
    )
    Phase.objects.bulk_create(
        Phase(
            round=round_,
            number=template.number,
            key=template.key,
            estimated_days=template.estimated_days,
        )
        for template in PHASES
    )
    return round_


def _challenge(
    round_: Round, number: int, title: str, status: Status, coordinator: User
) -> Challenge:
    decided = status != Status.WITHDRAWN
    return Challenge.objects.create(
        round=round_,
        organisation=Organisation.objects.create(name=f"Esimerkkijärjestö {number} ry"),
        status=status,
        number=number,
        reference=round_.reference(number),
        contact_name=f"Yhdyshenkilö {number}",
        contact_email=f"yhdyshenkilo{number}@example.org",
        deputy_email=f"varahenkilo{number}@example.org",
        title=title,
        summary="Vapaaehtoisemme tapaavat viikoittain 600 iäkästä.",
        may_publish=True,
        submitted_at=round_.call_closes_at - dt.timedelta(days=number),
        decided_at=round_.announced_at if decided else None,
        decided_by=coordinator if decided else None,
        announced_at=round_.announced_at if decided else None,
    )


def _assess(
    challenge: Challenge, criteria: list[Criterion], who: User, party: Party, value: int
) -> None:
    assessment = Assessment.objects.create(
        challenge=challenge, assessor=who, party=party, done_at=challenge.submitted_at
    )
    Score.objects.bulk_create(
        Score(assessment=assessment, criterion=criterion, value=max(1, value - place % 2))
        for place, criterion in enumerate(criteria)
    )


def _decide(challenge: Challenge, coordinator: User) -> None:
    outcome = _DECISIONS.get(Status(challenge.status))
    if outcome:
        Decision.objects.create(
            challenge=challenge,
            outcome=outcome,
            reason=_REASON,
            internal_note="Sisäinen huomautus, ei raporttiin",
            decided_by=coordinator,
            decided_at=challenge.decided_at or clock.now(),
            announced_at=challenge.announced_at,
        )


def _results(challenge: Challenge) -> None:
    if challenge.status not in (Status.RUNNING, Status.COMPLETED):
        return
    Team.objects.create(
        challenge=challenge,
        name=f"Tiimi {challenge.number}",
        contact_email=f"tiimi{challenge.number}@example.org",
        tutor_name="Ohjaava Opettaja",
        tutor_email="ohjaaja@example.org",
    )
    if challenge.status == Status.COMPLETED:
        Outcome.objects.create(
            challenge=challenge,
            title=f"Toimintamalli: {challenge.title.lower()}",
            summary="Kolmivaiheinen malli, jota kokeiltiin kahdessa paikallisyhdistyksessä.",
            kind="service_model",
            link="https://www.example.org/tuotos",
            may_publish=True,
            published_at=clock.now(),
        )


def _work(round_: Round, coordinator: User) -> None:
    for phase in round_.phases.all():
        WorkLog.objects.create(
            phase=phase,
            user=coordinator,
            done_on=round_.kickoff_on,
            days=Decimal("0.05") + Decimal(phase.number % 4) / 8,
        )


def _feedback(round_: Round) -> None:
    counts = {Respondent.ASSOCIATION: 4, Respondent.TEAM: 3, Respondent.TUTOR: 2}
    for role, count in counts.items():
        asked = questions_for(role)
        for number in range(count):
            FeedbackInvitation.objects.create(
                round=round_,
                role=role,
                email=f"{role}{number}@example.org",
                token_hash=f"{round_.slug}{role}{number}",
                is_answered=True,
            )
            FeedbackAnswer.objects.create(
                round=round_,
                role=role,
                ratings={
                    question.key: 3 + (number + place) % 3
                    for place, question in enumerate(asked.rated)
                },
                texts={"good": f"Yhteistyö sujui, vastaus {number}."},
            )
