from typing import Any

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.test import Client
from django.urls import reverse

from organisations.membership.enums import Role
from organisations.models import Organisation, User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection import services
from rounds.selection.assessing.models import Recusal
from rounds.selection.models import Proposal
from tests.conftest import person
from tests.rounds.selection.conftest import MakeChallenge, SendPacket

LIST_QUERIES = 6
ANSWERS_QUERIES = 8
DOSSIER_QUERIES = 10


def changelist() -> str:
    return reverse("admin:rounds_proposal_changelist")


def dossier(proposal: Proposal) -> str:
    return reverse("admin:rounds_proposal_change", args=(proposal.pk,))


def status_of(challenge: Challenge) -> str:
    return Challenge.objects.values_list("status", flat=True).get(pk=challenge.pk)


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count(
    client: Client,
    submitted: MakeChallenge,
    packet_of: SendPacket,
    staff: User,
    django_assert_num_queries: Any,
    count: int,
) -> None:
    packet_of(*(submitted() for _ in range(count)), suggested="reserve")
    client.force_login(staff)
    client.get(changelist())
    with django_assert_num_queries(LIST_QUERIES):
        response = client.get(changelist())
    assert response.content.decode().count('name="_selected_action"') == count


def test_dossier_query_count(
    client: Client,
    submitted: MakeChallenge,
    packet_of: SendPacket,
    staff: User,
    django_assert_num_queries: Any,
) -> None:
    proposal = packet_of(submitted(need="Omaiset jäävät yksin.")).proposals.get()
    client.force_login(staff)
    client.get(dossier(proposal))
    with django_assert_num_queries(DOSSIER_QUERIES):
        assert "Omaiset jäävät yksin." in client.get(dossier(proposal)).content.decode()


def test_who_gets_in(
    client: Client,
    submitted: MakeChallenge,
    packet_of: SendPacket,
    staff: User,
    administrator: User,
    coordinator: User,
    contact: User,
    stranger: User,
) -> None:
    proposal = packet_of(submitted()).proposals.get()
    for user in (staff, administrator):
        client.force_login(user)
        assert client.get(changelist()).status_code == 200
        assert client.get(dossier(proposal)).status_code == 200
    for user in (coordinator, contact, stranger):
        client.force_login(user)
        for url in (changelist(), dossier(proposal)):
            response = client.get(url)
            assert response.status_code in (302, 403, 404)
            assert proposal.challenge.title not in response.content.decode()


def test_another_schools_staff_sees_nothing(
    client: Client, submitted: MakeChallenge, packet_of: SendPacket, other_association: Organisation
) -> None:
    proposal = packet_of(submitted()).proposals.get()
    client.force_login(person("elsewhere", other_association, Role.STAFF))
    assert proposal.challenge.title not in client.get(changelist()).content.decode()
    assert client.get(dossier(proposal)).status_code == 404
    assert client.post(dossier(proposal), {"answer": "agree"}).status_code == 404
    assert status_of(proposal.challenge) == Status.PROPOSED


def test_nothing_is_seen_before_the_packet(
    client: Client, submitted: MakeChallenge, staff: User
) -> None:
    challenge = submitted()
    client.force_login(staff)
    assert challenge.title not in client.get(changelist()).content.decode()


def test_the_index_shows_staff_just_the_proposals(
    client: Client, submitted: MakeChallenge, packet_of: SendPacket, staff: User
) -> None:
    packet_of(submitted())
    client.force_login(staff)
    response = client.get(reverse("admin:index"))
    models = [
        model["object_name"] for app in response.context["app_list"] for model in app["models"]
    ]
    assert models == ["Proposal"]
    for missing in ("add", "delete", "history"):
        assert client.get(f"{changelist()}{missing}/").status_code == 404


def test_agreeing_on_the_page(
    client: Client, submitted: MakeChallenge, packet_of: SendPacket, staff: User
) -> None:
    challenge = submitted()
    proposal = packet_of(challenge).proposals.get()
    client.force_login(staff)
    response = client.post(dossier(proposal), {"answer": "agree", "outcome": "reserve", "note": ""})
    assert response.status_code == 302
    assert status_of(challenge) == Status.CONFIRMED
    assert challenge.decisions.get().decided_by == staff


def test_disagreeing_on_the_page_needs_a_note(
    client: Client, submitted: MakeChallenge, packet_of: SendPacket, staff: User
) -> None:
    challenge = submitted()
    proposal = packet_of(challenge).proposals.get()
    client.force_login(staff)
    response = client.post(dossier(proposal), {"answer": "disagree", "outcome": "reserve"})
    assert response.status_code == 200
    assert response.context["form"].errors["note"]
    assert status_of(challenge) == Status.PROPOSED

    client.post(dossier(proposal), {"answer": "disagree", "outcome": "reserve", "note": "Ei ehdi"})
    assert status_of(challenge) == Status.RESERVE


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"answer": "perhaps"},
        {"answer": "disagree", "outcome": "confirmed", "note": "x"},
        {"answer": "disagree", "outcome": "reserve", "note": "x\x00"},
        {"answer": "disagree", "outcome": "reserve", "note": "x" * 2001},
    ],
)
def test_odd_answers_are_shown_again(
    client: Client,
    submitted: MakeChallenge,
    packet_of: SendPacket,
    staff: User,
    data: dict[str, str],
) -> None:
    challenge = submitted()
    proposal = packet_of(challenge).proposals.get()
    client.force_login(staff)
    assert client.post(dossier(proposal), data).status_code == 200
    assert status_of(challenge) == Status.PROPOSED


def test_an_answer_that_came_second_says_so(
    client: Client,
    submitted: MakeChallenge,
    packet_of: SendPacket,
    staff: User,
    second_staff: User,
) -> None:
    challenge = submitted()
    proposal = packet_of(challenge).proposals.get()
    services.answer_proposal(proposal.pk, answer="agree", note="", actor=second_staff)
    client.force_login(staff)
    response = client.post(dossier(proposal), {"answer": "disagree", "note": "Ei"})
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
    assert status_of(challenge) == Status.CONFIRMED


def test_administrators_look_but_do_not_answer(
    client: Client, submitted: MakeChallenge, packet_of: SendPacket, administrator: User
) -> None:
    challenge = submitted()
    proposal = packet_of(challenge).proposals.get()
    client.force_login(administrator)
    assert 'name="answer"' not in client.get(dossier(proposal)).content.decode()
    assert client.post(dossier(proposal), {"answer": "agree"}).status_code == 200
    client.post(
        changelist(),
        {"action": "agree", ACTION_CHECKBOX_NAME: [proposal.pk], "confirmed": "1"},
    )
    assert status_of(challenge) == Status.PROPOSED


def test_agreeing_with_several_lists_what_it_does_first(
    client: Client,
    call_round: Round,
    submitted: MakeChallenge,
    packet_of: SendPacket,
    staff: User,
    school: Organisation,
) -> None:
    first, second = submitted("Ensimmäinen"), submitted("Toinen")
    own = submitted("Oma", organisation=school)
    packet = packet_of(first, second)
    packet_of(own, suggested="reserve")
    chosen = [str(pk) for pk in Proposal.objects.values_list("pk", flat=True)]
    client.force_login(staff)

    page = client.post(changelist(), {"action": "agree", ACTION_CHECKBOX_NAME: chosen})
    plan = {line.proposal.challenge_id: bool(line.obstacle) for line in page.context["plan"]}
    assert plan == {first.pk: False, second.pk: False, own.pk: True}
    assert status_of(first) == Status.PROPOSED

    done = client.post(
        changelist(),
        {
            "action": "agree",
            ACTION_CHECKBOX_NAME: list(packet.proposals.values_list("pk", flat=True)),
            "confirmed": "1",
            **{f"p{pk}-answer": "agree" for pk in chosen},
        },
        follow=True,
    )
    assert {status_of(first), status_of(second)} == {Status.CONFIRMED}
    assert status_of(own) == Status.PROPOSED
    assert len(list(done.context["messages"])) == 1


def test_a_bulk_answer_never_exceeds_the_places(
    client: Client, submitted: MakeChallenge, packet_of: SendPacket, staff: User
) -> None:
    packet_of(submitted(), submitted())
    packet_of(submitted(), suggested="reserve")
    Proposal.objects.update(suggested="confirmed")
    chosen = [str(pk) for pk in Proposal.objects.values_list("pk", flat=True)]
    client.force_login(staff)
    data = {"action": "agree", ACTION_CHECKBOX_NAME: chosen, "confirmed": "1"}
    rows = [f"p{pk}-answer" for pk in chosen]
    page = client.post(changelist(), data | dict.fromkeys(rows, "agree"))
    assert [bool(row.form.errors) for row in page.context["plan"]] == [False, False, True]
    assert not Challenge.objects.filter(status=Status.CONFIRMED).exists()
    client.post(changelist(), data | dict.fromkeys(rows[:2], "agree") | {rows[2]: ""})
    assert Challenge.objects.filter(status=Status.CONFIRMED).count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_each_row_has_an_answer_and_a_note_of_its_own(
    client: Client,
    submitted: MakeChallenge,
    packet_of: SendPacket,
    staff: User,
    django_assert_num_queries: Any,
    count: int,
) -> None:
    packet = packet_of(*(submitted() for _ in range(count)), suggested="reserve")
    chosen = list(packet.proposals.order_by("position").values_list("pk", flat=True))
    data = {"action": "answer", ACTION_CHECKBOX_NAME: [str(pk) for pk in chosen]}
    client.force_login(staff)
    with django_assert_num_queries(ANSWERS_QUERIES):
        page = client.post(changelist(), data)
    assert page.content.decode().count("-note") >= count
    given = {f"p{chosen[0]}-answer": "change"}
    again = client.post(changelist(), data | given | {"confirmed": "1"})
    assert again.context["plan"][0].form.errors["note"]
    given[f"p{chosen[0]}-note"] = "Rajatkaa"
    client.post(changelist(), data | given | {"confirmed": "1"})
    answers = packet.proposals.order_by("position").values_list("answer", "answer_note")
    assert list(answers) == [("change", "Rajatkaa"), *[("", "")] * (count - 1)]


def test_the_tutor_is_named_with_the_answer(
    client: Client, submitted: MakeChallenge, packet_of: SendPacket, staff: User
) -> None:
    proposal = packet_of(submitted()).proposals.get()
    client.force_login(staff)
    data = {"answer": "agree", "tutor_name": "Ohjaaja", "tutor_email": "ope@example.org"}
    for odd in ({"teams": "9" * 40}, {"teams": "-1"}, {"tutor_email": "x"}, {"tutor_name": "\x00"}):
        assert client.post(dossier(proposal), data | odd).status_code == 200
    assert client.post(dossier(proposal), data | {"teams": "2"}).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.tutor_name, proposal.teams) == ("Ohjaaja", 2)


def test_who_declared_a_conflict_reads_but_does_not_answer(
    client: Client, submitted: MakeChallenge, packet_of: SendPacket, staff: User
) -> None:
    challenge = submitted()
    proposal = packet_of(challenge).proposals.get()
    Recusal.objects.create(challenge=challenge, user=staff, kind="conflict")
    client.force_login(staff)
    assert 'name="answer"' not in client.get(dossier(proposal)).content.decode()
    plan = client.post(changelist(), {"action": "answer", ACTION_CHECKBOX_NAME: [proposal.pk]})
    assert plan.context["plan"][0].obstacle
    client.post(dossier(proposal), {"answer": "agree"})
    assert status_of(challenge) == Status.PROPOSED


def test_waiting_ones_come_first_and_filters_hold(
    client: Client,
    call_round: Round,
    submitted: MakeChallenge,
    packet_of: SendPacket,
    staff: User,
) -> None:
    first, second = submitted("Ensimmäinen"), submitted("Toinen")
    packet = packet_of(first, second)
    services.answer_proposal(packet.proposals.first().pk, answer="agree", note="", actor=staff)
    client.force_login(staff)
    page = client.get(changelist()).content.decode()
    assert page.index(second.title) < page.index(first.title)
    waiting = client.get(changelist(), {"round": call_round.pk, "answered": "no"})
    titles = [proposal.challenge.title for proposal in waiting.context["cl"].result_list]
    assert titles == [second.title]
    assert client.get(changelist(), {"round": "x\x00"}).status_code in (200, 302)
    assert client.get(changelist(), {"round": "9" * 60}).status_code in (200, 302)


def test_no_inline_script_or_style(
    client: Client, submitted: MakeChallenge, packet_of: SendPacket, staff: User
) -> None:
    proposal = packet_of(submitted()).proposals.get()
    client.force_login(staff)
    plan = client.post(changelist(), {"action": "agree", ACTION_CHECKBOX_NAME: [proposal.pk]})
    for response in (client.get(changelist()), client.get(dossier(proposal)), plan):
        page = response.content.decode()
        assert "<style" not in page
        assert " style=" not in page
        assert "<script>" not in page
        assert " onclick=" not in page


@pytest.mark.parametrize("pk", ["0", "abc", "9" * 40, "1%00", "-1"])
def test_odd_addresses_are_not_found(client: Client, staff: User, pk: str) -> None:
    client.force_login(staff)
    assert client.get(f"{changelist()}{pk}/change/").status_code == 404


@pytest.mark.parametrize("name", ["fund", "specificobjective", "round"])
def test_registers_open_to_administrators_alone(
    client: Client, call_round: Round, staff: User, administrator: User, name: str
) -> None:
    url = reverse(f"admin:rounds_{name}_changelist")
    client.force_login(staff)
    assert client.get(url).status_code == 403
    client.force_login(administrator)
    assert client.get(url).status_code == 200
