from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organisations.models import User
from rounds.planning.models import Round
from rounds.selection import services
from rounds.selection.assessing.queue import way_of
from rounds.selection.models import Criterion
from tests.rounds.selection.assessing.conftest import Assess, submit_version
from tests.rounds.selection.conftest import MakeChallenge


def test_asked_first_then_the_fewest(
    submitted: MakeChallenge,
    assess: Assess,
    call_round: Round,
    umbrella: Any,
    coordinator: User,
    staff: User,
    second_staff: User,
) -> None:
    first, second, third = submitted(), submitted(), submitted()
    submitted(organisation=umbrella)
    assess(first, staff)
    way = way_of(call_round, coordinator)
    assert [stop.pk for stop in way.stops] == [first.pk, second.pk, third.pk]
    assert way.next_to_assess().pk == second.pk  # type: ignore[union-attr]
    assert way.next_to_assess(without=second.pk).pk == third.pk  # type: ignore[union-attr]
    services.assign_assessors(call_round.pk, wanted={(first.pk, coordinator.pk)}, actor=coordinator)
    way = way_of(call_round, coordinator)
    assert way.next_to_assess().pk == first.pk  # type: ignore[union-attr]
    place = way.around(first.pk)
    assert (place.number, place.count, place.is_asked) == (1, 1, True)
    place = way.around(second.pk)
    assert (place.number, place.count, place.is_asked) == (2, 3, False)
    assert place.previous
    assert place.following
    assert place.following.pk == third.pk
    assert way.around(0).number == 0


def test_the_next_one(
    client: Client,
    submitted: MakeChallenge,
    assess: Assess,
    call_round: Round,
    staff: User,
    administrator: User,
    stranger: User,
) -> None:
    challenge = submitted()
    url = reverse("assess-next", args=(call_round.slug,))
    client.force_login(staff)
    assert client.get(url)["Location"] == reverse("challenge-assess", args=(challenge.pk,))
    assert client.post(url).status_code == 405
    assess(challenge, staff)
    assert client.get(url)["Location"] == reverse("round-selection", args=(call_round.slug,))
    for person, status in ((administrator, 403), (stranger, 404)):
        client.force_login(person)
        assert client.get(url).status_code == status


def test_the_version_that_was_read(
    client: Client,
    submitted: MakeChallenge,
    criteria: list[Criterion],
    staff: User,
) -> None:
    challenge = submitted()
    submit_version(challenge, 1)
    client.force_login(staff)
    url = reverse("challenge-assess", args=(challenge.pk,))
    marks = {f"criterion_{each.pk}": "4" for each in criteria} | {"done": "1"}
    assert 'name="read" value="1"' in client.get(url).content.decode()
    submit_version(challenge, 2)
    client.post(url, marks | {"read": "1"})
    assert challenge.assessments.get().version == 1, "the new one was not on the page"
    page = client.get(url)
    compare = reverse("challenge-compare", args=(challenge.pk,))
    assert page.context["changed_url"] == f"{compare}?from=1&to=2"
    for typed, version in (("2", 2), ("9", 2), ("0", 1), ("x", 2), ("9" * 400, 2), ("", 2)):
        client.post(url, marks | {"read": typed})
        assert challenge.assessments.get().version == version
    assert client.get(url).context["changed_url"] == ""


def test_what_is_read(
    client: Client,
    submitted: MakeChallenge,
    assess: Assess,
    staff: User,
    contact: User,
) -> None:
    challenge = submitted(title="Yksinäisyyden tunnistaminen")
    near = submitted(title="Yksinäisyyden lievittäminen")
    submit_version(challenge, 1)
    for visibility, body in (("association", "Kaikille"), ("parties", "Meille"), ("self", "Oma")):
        challenge.comments.create(author=contact, visibility=visibility, body=body)
    client.force_login(staff)
    page = client.get(reverse("challenge-assess", args=(challenge.pk,)))
    text = page.content.decode()
    assert "Kaikille" in text
    assert "Meille" in text
    assert ">Oma<" not in text
    assert [each.pk for each in page.context["similar"]] == [near.pk]
    following = reverse("challenge-assess", args=(near.pk,))
    assert f'rel="next" href="{following}"' in text
    assert 'rel="prev"' not in text
    assert criteria_texts_in(text)


def criteria_texts_in(text: str) -> bool:
    return "<b>1</b>" in text and "<b>5</b>" in text


@pytest.mark.parametrize("count", [1, 3])
def test_query_count(
    client: Client,
    submitted: MakeChallenge,
    assess: Assess,
    coordinator: User,
    staff: User,
    second_staff: User,
    count: int,
    django_assert_num_queries: Any,
) -> None:
    challenges = [submitted(), *(submitted() for _ in range(count - 1))]
    for challenge in challenges:
        submit_version(challenge, 1)
        assess(challenge, staff, comment="Hyvä")
    for person in (coordinator, second_staff)[: (count + 1) // 2]:
        assess(challenges[0], person, comment="Oma")
    client.force_login(staff)
    url = reverse("challenge-assess", args=(challenges[0].pk,))
    client.get(url)
    with django_assert_num_queries(12):
        assert client.get(url).status_code == 200
