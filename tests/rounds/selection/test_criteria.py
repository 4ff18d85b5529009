from typing import Any

import pytest
from django.utils import translation

from minno_portal.errors import NotAllowed, WrongState
from organisations.models import Membership, Organisation, User
from rounds.planning.models import Round
from rounds.planning.signals import round_created
from rounds.selection import errors, services
from rounds.selection.criteria import CRITERIA
from rounds.selection.enums import Party
from rounds.selection.models import Criterion, Score
from rounds.selection.standings import (
    Standing,
    joint_mean,
    standing_of,
    standings_of,
    voices_of,
    weighted_mean,
)
from tests.rounds.selection.conftest import MakeChallenge


def test_a_new_round_gets_five_criteria_in_three_languages(
    call_round: Round, coordinator: User
) -> None:
    round_created.send(sender=Round, round=call_round, actor=coordinator)
    first = call_round.criteria.get(position=1)
    names = set()
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            names.add(str(first))
            assert first.description
    assert names == {
        "Todellinen tarve ja merkitys",
        "Verkligt behov och betydelse",
        "Real need and importance",
    }
    assert [each.weight for each in call_round.criteria.all()] == [
        template.weight for template in CRITERIA
    ]


def test_every_text_is_there_and_fits() -> None:
    for template in CRITERIA:
        assert all(0 < len(text) <= 120 for text in template.names)
        assert all(0 < len(text) <= 300 for text in template.descriptions)
        assert len(set(template.names)) == 3


@pytest.mark.parametrize(
    ("scores", "expected"),
    [({}, None), ({1: 4}, 4.0), ({1: 5, 2: 2}, 4.0), ({1: 1, 2: 1, 3: 5}, 3.0)],
)
def test_weighted_mean(scores: dict[int, int], expected: float | None) -> None:
    assert weighted_mean(scores, {1: 2, 2: 1, 3: 3}) == expected


def test_a_party_is_the_mean_of_its_people() -> None:
    assert standing_of([]) == Standing(None, 0.0, 0)
    assert standing_of([4.0, 3.0]) == Standing(3.5, 1.0, 2)
    both = {"coordinator": standing_of([5.0, 5.0, 5.0]), "institution": standing_of([2.0])}
    assert joint_mean(both) == 3.5
    assert joint_mean({}) is None


def test_the_query_agrees_with_the_function(
    submitted: MakeChallenge,
    criteria: list[Criterion],
    coordinator: User,
    second_coordinator: User,
    staff: User,
    django_assert_num_queries: Any,
) -> None:
    challenge, other = submitted(), submitted()
    weights = {each.pk: each.weight for each in criteria}
    given = {
        coordinator: dict(zip(weights, (5, 4, 3, 2, 1), strict=True)),
        second_coordinator: dict(zip(weights, (1, 1, 2, 5, 5), strict=True)),
    }
    for person, scores in given.items():
        services.save_assessment(challenge.pk, scores=scores, comment="", done=True, actor=person)
    services.save_assessment(
        challenge.pk, scores={criteria[0].pk: 1}, comment="", done=False, actor=staff
    )
    with django_assert_num_queries(1):
        standings = standings_of(voices_of(challenge.round_id))
    means = [weighted_mean(scores, weights) for scores in given.values()]
    expected = standing_of([mean for mean in means if mean is not None])
    assert standings[challenge.pk][Party.COORDINATOR].mean == pytest.approx(expected.mean)
    assert standings[challenge.pk][Party.COORDINATOR].spread == pytest.approx(expected.spread)
    assert standings[challenge.pk][Party.INSTITUTION] == Standing()
    assert other.pk not in standings


def test_an_assessment_is_kept_and_changed(
    submitted: MakeChallenge, criteria: list[Criterion], staff: User
) -> None:
    challenge = submitted()
    every = {each.pk: 3 for each in criteria}

    def save(scores: dict[int, int], *, done: bool) -> None:
        services.save_assessment(
            challenge.pk, scores=scores, comment=" Hyvä ", done=done, actor=staff
        )

    save({criteria[0].pk: 5, criteria[1].pk: 1}, done=False)
    save({criteria[0].pk: 4}, done=False)
    assessment = challenge.assessments.get()
    assert assessment.party == Party.INSTITUTION
    assert assessment.comment == "Hyvä"
    assert assessment.done_at is None
    assert list(Score.objects.values_list("criterion", "value")) == [(criteria[0].pk, 4)]

    with pytest.raises(errors.AssessmentIncomplete):
        save({criteria[0].pk: 4}, done=True)
    save(every, done=True)
    assessment.refresh_from_db()
    assert assessment.done_at is not None
    assert challenge.assessments.count() == 1


def test_assessments_that_are_refused(
    submitted: MakeChallenge,
    criteria: list[Criterion],
    call_round: Round,
    coordinator: User,
    contact: User,
    administrator: User,
    stranger: User,
    association: Organisation,
) -> None:
    challenge = submitted()

    def save(actor: User, scores: dict[int, int] | None = None) -> None:
        services.save_assessment(
            challenge.pk, scores=scores or {}, comment="", done=False, actor=actor
        )

    for person in (administrator, stranger):
        with pytest.raises(NotAllowed):
            save(person)
    with pytest.raises(errors.ConflictOfInterest):
        save(contact)
    for value in (0, 6, -1):
        with pytest.raises(errors.BadScore):
            save(coordinator, {criteria[0].pk: value})
    with pytest.raises(errors.BadScore):
        save(coordinator, {10**9: 3})
    Membership.objects.create(user=coordinator, organisation=association, role="contact")
    with pytest.raises(errors.ConflictOfInterest):
        save(User.objects.get(pk=coordinator.pk))
    assert not challenge.assessments.exists()


@pytest.mark.parametrize("status", ["confirmed", "withdrawn"])
def test_what_is_decided_is_not_assessed(
    submitted: MakeChallenge,
    criteria: list[Criterion],
    coordinator: User,
    staff: User,
    status: str,
) -> None:
    from minno_portal import clock

    challenge = submitted(status=status, decided_at=clock.now(), decided_by=staff)
    with pytest.raises(WrongState):
        services.save_assessment(challenge.pk, scores={}, comment="", done=False, actor=coordinator)
