"""Reminding all who have a part in projects of contract, mid-review and closing event."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from minno_portal.outbox.kinds import Kind, Text
from minno_portal.outbox.reminders import reminder
from minno_portal.outbox.services import Recipient
from minno_portal.outbox.telling import Due, tell
from organisations.partnership.people import readers_of
from organisations.people.enums import Language
from rounds.challenges.enums import Status
from rounds.challenges.letters import addressees, recipients_of
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.planning.reminding.plan import Fallen, any_may_go, plans_of
from rounds.planning.reminding.rules import Rule, on_day, series
from rounds.projects.letters import CONTRACT, FEST, MIDREVIEW, Concerned, Reader, milestone

WEEK = -7


def chosen() -> QuerySet[Challenge]:
    """Return the challenges that take part, as far as their associations know."""
    told = Q(status=Status.CONFIRMED, announced_at__isnull=False)
    begun = Q(status__in=(Status.RUNNING, Status.COMPLETED))
    return (
        Challenge.objects.filter(told | begun)
        .select_related(
            "created_by",
            "organisation",
            "round__partnership__coordinator",
            "round__partnership__institution",
        )
        .prefetch_related("teams")
    )


def chosen_in(round_: Round) -> list[Challenge]:
    """Return the chosen challenges of a round: asked once for its whole plan."""
    found: list[Challenge] | None = getattr(round_, "_chosen", None)
    if found is None:
        found = list(chosen().filter(round=round_)) if round_.announced_at else []
        round_._chosen = found  # type: ignore[attr-defined]  # noqa: SLF001 (a cache)
    return found


def people_of_projects(round_: Round) -> int | None:
    """Return to how many people a milestone's reminder would go, None before decisions are told."""
    if round_.announced_at is None:
        return None
    found: set[str] | None = getattr(round_, "_people_of_projects", None)
    if found is None:
        parties = {to.email for to in readers_of([round_.partnership])[round_.partnership_id]}
        chosen_ones = chosen_in(round_)
        found = parties | {email for each in chosen_ones for email in addressees(each)}
        found |= {email for each in chosen_ones for email in _teams_of(each)}
        round_._people_of_projects = found  # type: ignore[attr-defined]  # noqa: SLF001 (a cache)
    return len(found)


def _rule(name: str, kind: Kind, words: Text, field: str, happens: Text) -> tuple[Rule, ...]:
    return series(
        Rule(name, kind, words, on_day(field, happens), days=WEEK, count=people_of_projects)
    )


MILESTONES = {
    "contract_on": _rule(
        "contract-week",
        CONTRACT,
        _("a week before the day of the contract"),
        "contract_on",
        _("the contract is to be made"),
    ),
    "midreview_on": _rule(
        "midreview-week",
        MIDREVIEW,
        _("a week before the mid-review"),
        "midreview_on",
        _("the mid-review is held"),
    ),
    "fest_on": _rule(
        "fest-week",
        FEST,
        _("a week before the MINNO-fest"),
        "fest_on",
        _("the MINNO-fest is held"),
    ),
}


@reminder("milestones")
def remind_of_milestones() -> int:
    """Queue one letter a person and milestone; returns how many were queued."""
    today = clock.today()
    rounds = list(
        Round.objects.filter(
            archived_at=None, announced_at__isnull=False, fest_on__gte=today
        ).select_related("partnership__coordinator", "partnership__institution")
    )
    plans = plans_of(rounds)
    return sum(
        _tell(field, rules, [(each, fallen) for each, fallen in due if fallen])
        for field, rules in MILESTONES.items()
        if (
            due := [
                (each, plans[each.pk].due(rules, rules[0].anchor.moment(each))) for each in rounds
            ]
        )
    )


def _tell(field: str, rules: tuple[Rule, ...], due: list[tuple[Round, Fallen]]) -> int:
    if not any_may_go(fallen for _round, fallen in due):
        return 0
    return tell(rules[0].kind, _dues(dict(due)), milestone(field))


def _dues(due: dict[Round, Fallen]) -> Iterator[Due[Concerned]]:
    challenges = list(chosen().filter(round__in=due).order_by("number", "pk"))
    people = recipients_of(challenges)
    parties = readers_of(each.partnership for each in due)
    for challenge in challenges:
        round_ = challenge.round
        fallen = due[round_]
        # Who has several parts gets the letter of the first.
        readers = (
            *((to, Reader.ASSOCIATION) for to in people[challenge.pk]),
            *((to, Reader.PARTY) for to in parties[round_.partnership_id]),
            *((to, Reader.TEAM) for to in _teams_of(challenge).values()),
        )
        for to, reader in readers:
            yield Due(
                key=f"{fallen.rule.name}:{challenge.pk}:{to.email}",
                to=to,
                at=fallen.at,
                expires_at=fallen.expires_at,
                thing=Concerned(challenge, reader),
                group=round_.pk,
                thread=round_.slug,
                rule=fallen.rule.name,
            )


def _teams_of(challenge: Challenge) -> dict[str, Recipient]:
    """Return a challenge's teams and tutors by address; no account of theirs is asked for."""
    found = {}
    for team in challenge.teams.all():
        for email, name, language in (
            (team.contact_email, team.name, challenge.working_language),
            (team.tutor_email, team.tutor_name, Language.FI),
        ):
            if email:
                found[email.lower()] = Recipient(email.lower(), language, name)
    return found
