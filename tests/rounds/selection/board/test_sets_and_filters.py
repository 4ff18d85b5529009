"""Narrowing the board and trying sets: all in the address, nothing decided."""

from typing import Any

import pytest
from django.db.models import Model

from organisations.models import County, Organisation, User
from rounds.models import Fund, Ranking
from rounds.planning.models import Round
from rounds.selection import services
from rounds.selection.models import Decision
from tests.rounds.selection.board.conftest import Look, Mark
from tests.rounds.selection.conftest import MakeChallenge, SendPacket


def places(response: Any) -> list[int]:
    return [row.place for row in response.context["filters"].shown]


def count(*models: type[Model]) -> int:
    return sum(model._default_manager.count() for model in models)


def test_filters_narrow_without_losing_places(
    submitted: MakeChallenge,
    look: Look,
    mark: Mark,
    coordinator: User,
    other_association: Organisation,
) -> None:
    submitted(hoped_fields=["design"])
    funded = submitted(funding_thought="fund", fund=Fund.objects.get(key="stea"))
    local = submitted(
        is_national=False, working_language="sv", hoped_fields=["health"], status="needs_completion"
    )
    county = County.objects.get(code="01")
    local.counties.add(county)
    mark(funded, coordinator, 1)
    response = look(coordinator)
    assert places(response) == [1, 2, 3]
    at = {row.challenge.pk: row.place for row in response.context["board"].rows}
    for query, shown in {
        "fund=STEA": [at[funded.pk]],
        "area=01": [at[local.pk]],
        "language=sv": [at[local.pk]],
        "field=health": [at[local.pk]],
        "status=needs_completion": [at[local.pk]],
        "lacks=institution&status=submitted&fund=STEA": [at[funded.pk]],
        "flag=unassessed&language=sv": [at[local.pk]],
        "area=national&language=sv": [],
    }.items():
        assert places(look(coordinator, query)) == shown, query
    page = look(coordinator, "language=sv").content.decode()
    assert page.count('<tr id="challenge-') == 1
    assert str(county.name) in page


@pytest.mark.parametrize(
    "query",
    [
        "status=x&area=%00&field=health%27&flag=\u0661",
        "pick=x&pick=-1&pick=&pick=999999999&pick=" + "9" * 300,
        "pick=%00&pick=\u0663&moved=%00&to=left",
        "&".join(f"pick={n}" for n in range(300)),
    ],
)
def test_nonsense_narrows_nothing(
    submitted: MakeChallenge, look: Look, coordinator: User, query: str
) -> None:
    submitted(number=700, reference="MINNO-700")
    response = look(coordinator, query)
    assert response.status_code == 200
    assert places(response) == [1]


def test_a_set_is_looked_at_and_nothing_is_decided(
    submitted: MakeChallenge,
    look: Look,
    mark: Mark,
    coordinator: User,
    staff: User,
    other_association: Organisation,
) -> None:
    one = submitted(hoped_fields=["design"])
    other = submitted(hoped_fields=["health"], organisation=other_association)
    third = submitted(is_national=False, working_language="sv")
    third.counties.add(County.objects.get(code="02"))
    for challenge, value in ((one, 5), (other, 4), (third, 2)):
        mark(challenge, coordinator, value)
        mark(challenge, staff, value)
    before = count(Ranking, Decision)
    response = look(coordinator, f"pick={third.pk}&pick={one.pk}")
    trial = response.context["sets"].trial
    assert (trial.names, trial.mean, trial.is_too_many) == (["Haaste 1", "Haaste 3"], "3,5", False)
    by_label = {each.label: each for each in trial.coverage}
    assert len(by_label) == 4  # nobody thinks of a fund
    lacking = [each.lacks for each in trial.coverage if each.lacks]
    assert len(lacking) == 2  # a field and a newcomer are missing
    assert [other_association.name] in lacking
    page = response.content.decode()
    assert page.count(" checked") == 2
    assert count(Ranking, Decision) == before
    too_many = look(coordinator, f"pick={one.pk}&pick={other.pk}&pick={third.pk}")
    assert too_many.context["sets"].trial.is_too_many


def test_suggestions_fill_the_picks_by_one_click(
    submitted: MakeChallenge, look: Look, mark: Mark, coordinator: User, staff: User
) -> None:
    made = [submitted() for _ in range(4)]
    for value, challenge in enumerate(made, 1):
        mark(challenge, coordinator, value)
        mark(challenge, staff, value)
    ideas = look(coordinator).context["sets"].ideas
    assert len(ideas) == 3
    assert ideas[0].query == f"pick={made[3].pk}&pick={made[2].pk}"
    response = look(coordinator, ideas[0].query)
    assert response.context["filters"].picks == (made[3].pk, made[2].pk)
    assert response.context["sets"].ideas[0].is_picked


def test_the_confirmed_keep_their_places(
    call_round: Round,
    submitted: MakeChallenge,
    look: Look,
    mark: Mark,
    packet_of: SendPacket,
    coordinator: User,
    staff: User,
) -> None:
    kept, best, rest = submitted(), submitted(), submitted()
    for challenge, value in ((kept, 2), (best, 5), (rest, 3)):
        mark(challenge, coordinator, value)
        mark(challenge, staff, value)
    proposal = packet_of(kept).proposals.get()
    services.answer_proposal(proposal.pk, answer="agree", note="", actor=staff)
    response = look(coordinator, f"pick={kept.pk}&pick={rest.pk}")
    assert response.context["filters"].picks == (rest.pk,)
    assert response.context["sets"].trial.names == ["Haaste 1", "Haaste 3"]
    ideas = [idea.names for idea in response.context["sets"].ideas]
    assert ideas == [["Haaste 2"], ["Haaste 3"]]
    call_round.announced_at = call_round.published_at
    call_round.save()
    assert "data-board" not in look(coordinator).content.decode()
