from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from organisations.models import User
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection import services, table
from rounds.selection.assessing.visibility import (
    Sight,
    sight_from,
    sight_of,
    standing_aside,
    veil,
)
from rounds.selection.standings import Standing, standings_of, voices_of
from tests.rounds.selection.assessing.conftest import Assess
from tests.rounds.selection.conftest import MakeChallenge


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_others_show_after_one_s_own(
    submitted: MakeChallenge,
    assess: Assess,
    call_round: Round,
    coordinator: User,
    staff: User,
    administrator: User,
) -> None:
    challenge, other = submitted(), submitted()
    assess(challenge, staff, 5)
    assess(challenge, coordinator, 2, done=False)
    assert not sight_of(call_round, coordinator).sees(challenge), "a draft is not given"
    assess(challenge, coordinator, 2)
    sight = sight_of(call_round, coordinator)
    assert sight.sees(challenge)
    assert not sight.sees(other)
    assert sight_of(call_round, administrator).sees(other)
    services.stand_aside(other.pk, kind="abstains", note="", actor=coordinator)
    assert sight_of(call_round, coordinator).sees(other)


def test_when_nothing_is_left_to_give(
    submitted: MakeChallenge, call_round: Round, coordinator: User, umbrella: Any
) -> None:
    sight = sight_of(call_round, coordinator)
    assert sight.sees(submitted(organisation=umbrella)), "one's own is never assessed"
    # Nothing is written: what was decided is weighed no more.
    assert sight.sees(Challenge(status="withdrawn", organisation_id=0))
    challenge = submitted()
    assert not sight.sees(challenge)
    assert sight.sees(challenge, as_sent=True), "who decides reads what was sent"
    assert sight.sees(Challenge(status="proposed", organisation_id=0)), "it is in a sent packet"
    for field, value in (
        ("assesses_unseen", False),
        ("announced_at", clock.now()),
        ("archived_at", clock.now()),
    ):
        kept = getattr(call_round, field)
        setattr(call_round, field, value)
        assert sight_of(call_round, coordinator) == Sight(everything=True)
        setattr(call_round, field, kept)


def test_sight_from_what_has_been_read(
    submitted: MakeChallenge,
    assess: Assess,
    call_round: Round,
    coordinator: User,
    staff: User,
    django_assert_num_queries: Any,
) -> None:
    challenge, other = submitted(), submitted()
    assess(challenge, coordinator)
    services.stand_aside(other.pk, kind="abstains", note="", actor=staff)
    voices, aside = voices_of(call_round.pk), standing_aside(call_round)
    assert coordinator.ties
    with django_assert_num_queries(0):
        sight = sight_from(call_round, coordinator, voices=voices, aside=aside)
        assert [sight.sees(each) for each in (challenge, other)] == [True, False]


def test_who_stands_aside_does_not_count(
    submitted: MakeChallenge,
    assess: Assess,
    call_round: Round,
    coordinator: User,
    second_coordinator: User,
) -> None:
    challenge = submitted()
    assess(challenge, coordinator, 1)
    assess(challenge, second_coordinator, 5)

    def mean() -> float | None:
        return standings_of(voices_of(call_round.pk))[challenge.pk]["coordinator"].mean

    assert mean() == 3
    services.stand_aside(challenge.pk, kind="conflict", note="Sukulainen", actor=coordinator)
    assert mean() == 5
    services.take_back(challenge.pk, actor=coordinator)
    assert mean() == 3


def test_a_veil_leaves_the_count() -> None:
    assert veil(Standing(4.0, 1.0, 2)) == Standing(None, 0.0, 2)


def test_the_table_keeps_others_marks(
    submitted: MakeChallenge, assess: Assess, call_round: Round, coordinator: User, staff: User
) -> None:
    hidden, seen = submitted(), submitted()
    assess(hidden, staff, 5, comment="Salaisuus")
    assess(seen, staff, 5)
    assess(seen, coordinator, 3)
    keys = [hidden.pk, seen.pk]
    found = table.STANDINGS.load(call_round, fresh(coordinator), keys)
    assert found[hidden.pk]["institution"] == Standing(None, 0.0, 1)
    assert found[seen.pk]["institution"].mean == 5

    def sheet(user: User) -> list[Any]:
        _heads, rows = table._assessments(
            call_round, fresh(user), Challenge.objects.filter(pk__in=keys)
        )
        return [(row[0], row[3]) for row in rows]

    assert (hidden.reference, str(staff)) not in sheet(coordinator)
    assert len(sheet(coordinator)) == 2
    assert len(sheet(staff)) == 3
    Challenge.objects.filter(pk=hidden.pk).update(status="proposed")
    assert len(sheet(coordinator)) == 3
    found = table.STANDINGS.load(call_round, fresh(coordinator), keys)
    assert found[hidden.pk]["institution"].mean == 5


@pytest.mark.parametrize("is_done", [False, True])
def test_the_page_of_assessing(
    client: Client,
    submitted: MakeChallenge,
    assess: Assess,
    coordinator: User,
    staff: User,
    is_done: bool,
) -> None:
    challenge = submitted()
    assess(challenge, staff, 5, comment="Erinomainen aihe")
    assess(challenge, coordinator, 2, done=is_done)
    client.force_login(coordinator)
    page = client.get(reverse("challenge-assess", args=(challenge.pk,)))
    assert ("Erinomainen aihe" in page.content.decode()) == is_done
    assert (page.context["others"] is not None) == is_done
