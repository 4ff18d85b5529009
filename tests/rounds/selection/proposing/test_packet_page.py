"""Putting a packet together, and looking at what was sent."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal.outbox.models import Letter
from organisations.models import User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge, Revision
from rounds.planning.models import Round
from rounds.selection import services
from rounds.selection.models import Packet
from rounds.selection.proposing.waiting import returned_proposals
from tests.rounds.selection.conftest import MakeChallenge, SendPacket

PACKET_QUERIES = 12
SENT_QUERIES = 12


def page_of(name: str, round_: Round, *args: int) -> str:
    return reverse(name, args=(round_.slug, *args))


@pytest.mark.parametrize("count", [1, 3])
def test_query_counts(
    client: Client,
    call_round: Round,
    submitted: MakeChallenge,
    packet_of: SendPacket,
    coordinator: User,
    django_assert_num_queries: Any,
    count: int,
) -> None:
    packet_of(*(submitted() for _ in range(count)), suggested="reserve")
    for proposal in Packet.objects.get().proposals.all():
        proposal.challenge.status = Status.SUBMITTED
        proposal.challenge.save()
    client.force_login(coordinator)
    for url, queries in (
        (page_of("packet-send", call_round), PACKET_QUERIES),
        (page_of("packet-sent", call_round, 1), SENT_QUERIES),
    ):
        client.get(url)
        with django_assert_num_queries(queries):
            page = client.get(url)
        assert page.content.decode().count('<li class="card-box"') == count


def test_sending_the_packet_as_suggested(
    client: Client, call_round: Round, submitted: MakeChallenge, coordinator: User, staff: User
) -> None:
    challenges = [submitted() for _ in range(5)]
    client.force_login(coordinator)
    url = page_of("packet-send", call_round)
    page = client.get(url)
    assert [reader.email for reader in page.context["readers"]] == [staff.email]
    assert staff.email in page.content.decode()
    form = page.context["form"]
    presets = [form[f"suggested_{each.pk}"].initial for each in challenges]
    assert presets == ["confirmed"] * 2 + ["reserve"] * 2 + ["not_selected"]

    data = {"message": "Katsokaa"}
    for challenge, preset in zip(challenges[:4], presets, strict=False):
        data |= {
            f"include_{challenge.pk}": "on",
            f"suggested_{challenge.pk}": preset,
            f"rationale_{challenge.pk}": "Hyvä",
        }
    data[f"suggested_{challenges[4].pk}"] = "not_selected"
    response = client.post(url, data)

    assert response["Location"] == page_of("packet-sent", call_round, 1)
    proposals = Packet.objects.get().proposals.values_list("challenge", "suggested", "rationale")
    assert list(proposals) == [
        (challenge.pk, preset, "Hyvä")
        for challenge, preset in zip(challenges[:4], presets, strict=False)
    ]
    challenges[4].refresh_from_db()
    assert challenges[4].status == Status.SUBMITTED
    assert Letter.objects.filter(kind="packet").count() == 1
    sent = client.get(response["Location"])
    assert [entry.reserve_place for entry in sent.context["dossier"].entries] == [None, None, 1, 2]


@pytest.mark.parametrize(
    "odd", [{}, {"message": "x" * 2001}, {"message": "x\x00"}, {"suggested": "running"}]
)
def test_a_refused_packet_keeps_what_was_typed(
    client: Client,
    call_round: Round,
    submitted: MakeChallenge,
    coordinator: User,
    staff: User,
    odd: dict[str, str],
) -> None:
    challenges = [submitted() for _ in range(3)]
    client.force_login(coordinator)
    data = {"message": "Viesti"}
    for challenge in challenges:
        data |= {
            f"include_{challenge.pk}": "on",
            f"suggested_{challenge.pk}": odd.get("suggested", "confirmed"),
            f"rationale_{challenge.pk}": "Pitkä perustelu",
        }
    response = client.post(page_of("packet-send", call_round), data | odd)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert response.content.decode().count("Pitkä perustelu") == 3
    assert not Packet.objects.exists()


def test_a_second_packet_carries_what_changed_and_says_so(
    client: Client,
    call_round: Round,
    submitted: MakeChallenge,
    packet_of: SendPacket,
    coordinator: User,
    staff: User,
) -> None:
    returned, agreed = submitted("Palautettu"), submitted("Sovittu")
    first = packet_of(returned, agreed)
    for proposal, answer in zip(
        first.proposals.order_by("position"), ("change", "agree"), strict=True
    ):
        services.answer_proposal(proposal.pk, answer=answer, note="Rajatkaa aihetta", actor=staff)
    aside, new = submitted("Varalla"), submitted("Uusi")
    services.set_aside(
        aside.pk, outcome="reserve", reason="Syy", internal_note="", actor=coordinator
    )
    client.force_login(coordinator)
    page = client.get(page_of("packet-send", call_round))
    rows = {row.candidate.challenge.pk: row for row in page.context["rows"]}
    assert set(rows) == {returned.pk, aside.pk, new.pk}
    assert rows[returned.pk].candidate.is_returned
    assert not rows[aside.pk].include.initial
    assert "Rajatkaa aihetta" in page.content.decode()
    assert page.context["number"] == 2

    returned.refresh_from_db()
    returned.need = "Rajattu tarve"
    returned.save()
    packet_of(returned, new, suggested="reserve")
    told = Letter.objects.filter(kind="packet").order_by("pk").last()
    assert told is not None
    assert told.subject != Letter.objects.filter(kind="packet").order_by("pk")[0].subject
    dossier = client.get(page_of("packet-sent", call_round, 2)).context["dossier"]
    assert (dossier.number, len(dossier.entries), dossier.again) == (2, 2, 1)
    again = dossier.entries[0]
    assert again.previous.answer_note == "Rajatkaa aihetta"
    (section,) = again.changed_before
    assert {piece.text.strip() for piece in section.changed[0].pieces} >= {"Tarve", "Rajattu tarve"}
    assert not dossier.entries[1].changed_before


def test_later_edits_show_as_changes(
    client: Client,
    call_round: Round,
    submitted: MakeChallenge,
    packet_of: SendPacket,
    coordinator: User,
    staff: User,
) -> None:
    challenge = submitted(summary="Vanha tiivistelmä")
    proposal = packet_of(challenge).proposals.get()
    later = {**proposal.snapshot, "summary": "Uusi tiivistelmä", "contact_name": "Toinen"}
    Revision.objects.create(challenge=challenge, number=2, content=later)
    for user, url in (
        (coordinator, page_of("packet-sent", call_round, 1)),
        (staff, reverse("admin:rounds_proposal_change", args=(proposal.pk,))),
    ):
        client.force_login(user)
        page = client.get(url).content.decode()
        assert "Vanha</del>" in page
        assert "Uusi</ins>" in page
        assert "Toinen" not in page


def test_only_the_parties_see_a_packet(
    client: Client,
    request: pytest.FixtureRequest,
    call_round: Round,
    submitted: MakeChallenge,
    packet_of: SendPacket,
    staff: User,
) -> None:
    packet_of(submitted())
    expected = {"staff": 200, "coordinator": 200, "administrator": 200}
    expected |= {"contact": 404, "stranger": 404, "other_contact": 404}
    for person, status in expected.items():
        client.force_login(request.getfixturevalue(person))
        assert client.get(page_of("packet-sent", call_round, 1)).status_code == status
        if status == 404:
            for name in ("packet-dossier", "packet-sheet"):
                assert client.get(page_of(name, call_round, 1)).status_code == 404
            assert client.get(page_of("packet-draft", call_round)).status_code == 404
    client.force_login(staff)
    assert client.get(page_of("packet-draft", call_round)).status_code == 403
    for number in (2, 99999999999):
        assert client.get(page_of("packet-dossier", call_round, number)).status_code == 404


def test_what_is_returned_waits_on_the_desk(
    client: Client,
    call_round: Round,
    submitted: MakeChallenge,
    packet_of: SendPacket,
    coordinator: User,
    staff: User,
) -> None:
    challenge = submitted()
    proposal = packet_of(challenge).proposals.get()
    assert not list(returned_proposals(coordinator))
    services.answer_proposal(proposal.pk, answer="change", note="Rajatkaa", actor=staff)
    (line,) = returned_proposals(coordinator)
    assert line.url == page_of("packet-send", call_round)
    assert not list(returned_proposals(staff))
    packet_of(Challenge.objects.get(pk=challenge.pk))
    assert not list(returned_proposals(coordinator))
