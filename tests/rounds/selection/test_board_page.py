from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organisations.models import Organisation, User
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection import services
from rounds.selection.models import Criterion, Ranking
from tests.rounds.selection.conftest import MakeChallenge, SendPacket

BOARD_QUERIES = 12


def board(client: Client, round_: Round) -> Any:
    return client.get(reverse("round-selection", args=(round_.slug,)))


def assess(challenge: Challenge, actor: User, criteria: list[Criterion], mark: int) -> None:
    services.save_assessment(
        challenge.pk,
        scores={criterion.pk: mark for criterion in criteria},
        comment="",
        done=True,
        actor=actor,
    )


@pytest.mark.parametrize("count", [1, 3])
def test_query_count(
    client: Client,
    call_round: Round,
    criteria: list[Criterion],
    submitted: MakeChallenge,
    coordinator: User,
    staff: User,
    django_assert_num_queries: Any,
    count: int,
) -> None:
    for _ in range(count):
        challenge = submitted()
        assess(challenge, coordinator, criteria, 4)
        assess(challenge, staff, criteria, 3)
    client.force_login(coordinator)
    board(client, call_round)
    with django_assert_num_queries(BOARD_QUERIES):
        response = board(client, call_round)
    assert response.status_code == 200
    assert response.content.decode().count('<tr id="challenge-') == count


def test_who_opens_the_board(
    client: Client,
    call_round: Round,
    submitted: MakeChallenge,
    coordinator: User,
    staff: User,
    administrator: User,
    contact: User,
    stranger: User,
) -> None:
    submitted()
    assert board(client, call_round).status_code == 302
    for person, status in (
        (coordinator, 200),
        (staff, 200),
        (administrator, 200),
        (contact, 404),
        (stranger, 404),
    ):
        client.force_login(person)
        assert board(client, call_round).status_code == status


def test_both_parties_means_are_shown_in_order(
    client: Client,
    call_round: Round,
    criteria: list[Criterion],
    submitted: MakeChallenge,
    coordinator: User,
    staff: User,
) -> None:
    weak, strong = submitted("Heikko"), submitted("Vahva")
    assess(weak, coordinator, criteria, 2)
    assess(strong, coordinator, criteria, 5)
    services.save_assessment(
        strong.pk,
        scores={each.pk: 5 if each.weight == 3 else 3 for each in criteria},
        comment="",
        done=True,
        actor=staff,
    )
    client.force_login(coordinator)
    page = board(client, call_round).content.decode()
    assert page.index("Vahva 2") < page.index("Heikko 1")
    assert "4,0" in page  # (2 × 3 × 5 + 3 × 2 × 3) / 12
    assert "5,0" in page
    assert "2,0" in page


def test_moving_needs_no_script_and_comes_back_to_the_button(
    client: Client, call_round: Round, submitted: MakeChallenge, coordinator: User
) -> None:
    first, second, third = submitted(), submitted(), submitted()
    client.force_login(coordinator)
    response = client.post(
        reverse("ranking-move", args=(third.pk,)), {"position": "1", "to": "up"}, follow=True
    )
    places = dict(Ranking.objects.values_list("position", "challenge"))
    assert places == {1: third.pk, 2: first.pk, 3: second.pk}
    page = response.content.decode()
    row = page[page.index(f'<tr id="challenge-{third.pk}"') :]
    assert " autofocus" in row[: row.index("</tr>")]


@pytest.mark.parametrize("position", ["", "x", "0", "-1", "9" * 400, "2\x00", "²"])
def test_odd_positions_do_no_harm(
    client: Client,
    call_round: Round,
    submitted: MakeChallenge,
    coordinator: User,
    position: str,
) -> None:
    first, _ = submitted(), submitted()
    client.force_login(coordinator)
    response = client.post(reverse("ranking-move", args=(first.pk,)), {"position": position})
    assert response.status_code == 302


def test_only_the_coordinator_ranks(
    client: Client,
    call_round: Round,
    submitted: MakeChallenge,
    staff: User,
    contact: User,
    stranger: User,
    administrator: User,
) -> None:
    challenge = submitted()
    url = reverse("ranking-move", args=(challenge.pk,))
    for person, status in ((staff, 403), (administrator, 403), (contact, 403), (stranger, 404)):
        client.force_login(person)
        assert client.post(url, {"position": "1"}).status_code == status
        assert url not in board(client, call_round).content.decode()
    assert not Ranking.objects.exists()
    assert client.get(url).status_code == 405


def test_flags(
    client: Client,
    call_round: Round,
    submitted: MakeChallenge,
    coordinator: User,
    umbrella: Organisation,
) -> None:
    own = submitted(organisation=umbrella)
    client.force_login(coordinator)
    response = board(client, call_round)
    row = response.context["board"].rows[0]
    assert (row.is_own, row.has_conflict, row.can_assess) == (True, True, False)
    assert row.lacks == ["coordinator", "institution"]
    assert reverse("challenge-assess", args=(own.pk,)) not in response.content.decode()


def test_the_checklist_follows_the_round(
    client: Client,
    call_round: Round,
    criteria: list[Criterion],
    submitted: MakeChallenge,
    packet_of: SendPacket,
    coordinator: User,
    staff: User,
) -> None:
    challenge = submitted()
    client.force_login(coordinator)

    def steps() -> list[bool]:
        return [step.is_done for step in board(client, call_round).context["steps"]]

    assert steps() == [False, False, False]
    assess(challenge, coordinator, criteria, 4)
    assert steps() == [True, False, False]
    proposal = packet_of(challenge).proposals.get()
    assert steps() == [True, True, False, False]
    services.answer_proposal(proposal.pk, answer="agree", note="", actor=staff)
    assert steps() == [True, True, False]
    services.announce_decisions(call_round.pk, actor=coordinator)
    assert steps() == [True, True, True]


def test_an_empty_board_says_what_will_come(
    client: Client, call_round: Round, coordinator: User
) -> None:
    client.force_login(coordinator)
    assert "<table" not in board(client, call_round).content.decode()


def test_both_parties_find_the_newest_packet(
    client: Client,
    call_round: Round,
    submitted: MakeChallenge,
    packet_of: SendPacket,
    coordinator: User,
    staff: User,
) -> None:
    names = ("packet-sent", "packet-dossier", "packet-sheet")
    draft = reverse("packet-draft", args=(call_round.slug,))
    for user in (coordinator, staff):
        submitted()
        client.force_login(user)
        page = board(client, call_round).content.decode()
        assert (draft in page) == (user == coordinator)
        assert "packet/1/" not in page
    for _ in range(2):
        packet_of(submitted(), suggested="reserve")
    answering = f"{reverse('admin:rounds_proposal_changelist')}?round={call_round.pk}"
    for user in (coordinator, staff):
        client.force_login(user)
        response = board(client, call_round)
        assert (answering in {step.url for step in response.context["steps"]}) == (user == staff)
        page = response.content.decode()
        for name in names:
            assert f'href="{reverse(name, args=(call_round.slug, 2))}"' in page
        assert f'href="{reverse("packet-sent", args=(call_round.slug, 1))}"' in page
        assert (draft in page) == (user == coordinator)


def test_what_the_associations_see_is_said_as_it_is(
    client: Client,
    call_round: Round,
    submitted: MakeChallenge,
    packet_of: SendPacket,
    coordinator: User,
    staff: User,
) -> None:
    told, _waiting = submitted(), submitted()
    client.force_login(coordinator)
    assert "”Käsittelyssä”" in board(client, call_round).content.decode()
    proposal = packet_of(told).proposals.get()
    services.answer_proposal(proposal.pk, answer="agree", note="", actor=staff)
    services.announce_decisions(call_round.pk, actor=coordinator)
    page = board(client, call_round).content.decode()
    assert "Osa päätöksistä on kerrottu." in page
    assert "”Käsittelyssä”" not in page


def test_a_title_is_shown_as_it_is_wherever_it_stands(
    call_round: Round, submitted: MakeChallenge, coordinator: User, client: Client
) -> None:
    """Rows are drawn from patterns with places in braces: a title may look like one."""
    institution = call_round.partnership.institution
    institution.short_name = "{title} & <i>"
    institution.save()
    submitted("{key} {0} %(title)s %s <b>&")
    client.force_login(coordinator)
    page = client.get(f"/manage/rounds/{call_round.slug}/selection/").content.decode()
    shown = "{key} {0} %(title)s %s &lt;b&gt;&amp;"
    # The link, the box to pick it by, the handle, two buttons and two links beside it.
    assert page.count(shown) >= 7
    assert "<b>" not in page
    assert 'data-label="{title} &amp; &lt;i&gt;"' in page
