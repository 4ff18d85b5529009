"""Who is asked for feedback of a round, in which role and language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from organisations.membership.enums import Role
from organisations.membership.models import Membership
from organisations.people.enums import Language
from organisations.people.models import User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.feedback.enums import Respondent
from rounds.planning.models import Round

HAD_PROJECT = (Status.RUNNING, Status.COMPLETED)


@dataclass(frozen=True, slots=True)
class Asked:
    """One person in one role; `because` names the challenge or organisation they took part for."""

    role: str
    email: str
    name: str
    language: str
    because: str

    @property
    def role_label(self) -> str:
        """The role in words."""
        return str(Respondent(self.role).label)


def parties_of(round_: Round) -> list[Asked]:
    """Return everybody to ask: contacts, deputies, teams, tutors, coordinators.

    One line a role and address; the language is the one the person chose, otherwise the
    challenge's. Four queries at any number of projects.
    """
    challenges = list(
        round_.challenges.filter(status__in=HAD_PROJECT)
        .select_related("organisation")
        .prefetch_related("teams")
        .order_by("number")
    )
    found = [line for challenge in challenges for line in _of_challenge(challenge)]
    if challenges:
        found += _coordinators(round_)
    return _in_own_languages(_unique(found))


def _of_challenge(challenge: Challenge) -> Iterator[Asked]:
    association, title = challenge.organisation.shown_name, challenge.title
    language, working = challenge.language, challenge.working_language
    for name, email in (
        (challenge.contact_name, challenge.contact_email),
        (challenge.deputy_name, challenge.deputy_email),
    ):
        yield Asked(Respondent.ASSOCIATION, email, name, language, association)
    for team in challenge.teams.all():
        yield Asked(Respondent.TEAM, team.contact_email, team.name, working, title)
        yield Asked(Respondent.TUTOR, team.tutor_email, team.tutor_name, Language.FI, title)


def _coordinators(round_: Round) -> Iterator[Asked]:
    coordinator = round_.partnership.coordinator
    members = Membership.objects.filter(
        organisation=coordinator, role=Role.COORDINATOR, user__is_active=True
    ).select_related("user")
    for membership in members.order_by("user__email"):
        user = membership.user
        yield Asked(
            Respondent.COORDINATOR, user.email, user.name, user.language, coordinator.shown_name
        )


def _unique(lines: Iterable[Asked]) -> list[Asked]:
    """Keep the first line of each role and address; lines without an address fall out."""
    kept: dict[tuple[str, str], Asked] = {}
    for line in lines:
        if line.email:
            email = line.email.lower()
            kept.setdefault(
                (line.role, email), Asked(line.role, email, line.name, line.language, line.because)
            )
    order = list(Respondent.values)
    return sorted(kept.values(), key=lambda line: order.index(line.role))


def _in_own_languages(lines: list[Asked]) -> list[Asked]:
    """Give those who have an account the language they chose."""
    addresses = {line.email for line in lines}
    chosen = dict(User.objects.filter(email__in=addresses).values_list("email", "language"))
    return [
        Asked(
            line.role,
            line.email,
            line.name,
            chosen.get(line.email, line.language),
            line.because,
        )
        for line in lines
    ]
