"""The dossier as PDF and as a table: read back, as those who decide do."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from openpyxl import load_workbook
from pypdf import PdfReader

from organisations.models import User
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection import services
from rounds.selection.models import Assessment, Criterion, Packet, Proposal
from rounds.selection.proposing.dossier import draft_dossier
from rounds.selection.services import PacketItem
from tests.rounds.reports.test_pdf import structure, text_of
from tests.rounds.selection.conftest import MakeChallenge

LONG = "Pitkä perustelu jatkuu ja jatkuu. " * 60
FORMULA = '=HYPERLINK("http://paha.example","x")'


@pytest.fixture
def packet(
    call_round: Round,
    criteria: list[Criterion],
    submitted: MakeChallenge,
    coordinator: User,
    staff: User,
) -> Packet:
    """A packet of three: a long one, one with a formula, one of next to nothing."""
    made = [
        submitted(
            "Ensimmäinen",
            summary="Tiivistelmä " * 40,
            change_sought=LONG,
            target_group=LONG,
            support_hours=2,
            hoped_fields=["social", "health"],
        )
        if number == 0
        else submitted(FORMULA if number == 1 else "Kolmas", summary=FORMULA)
        for number in range(3)
    ]
    scores = {criterion.pk: 4 for criterion in criteria}
    for user, comment in ((coordinator, "MERKKI koordinaattori"), (staff, LONG)):
        services.save_assessment(made[0].pk, scores=scores, comment=comment, done=True, actor=user)
    return services.send_packet(
        call_round.pk,
        items=[
            PacketItem(made[0].pk, "confirmed", LONG[:2000]),
            PacketItem(made[1].pk, "reserve", FORMULA),
            PacketItem(made[2].pk, "reserve"),
        ],
        message="Tässä esityksemme <b>teille</b>",
        actor=coordinator,
    )


def get_pdf(client: Client, name: str, *args: Any, language: str = "fi") -> PdfReader:
    with translation.override(language):
        response = client.get(reverse(name, args=args))
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def test_the_dossier_is_an_accessible_pdf_of_one_page_a_challenge(
    client: Client, packet: Packet, coordinator: User
) -> None:
    client.force_login(coordinator)
    reader = get_pdf(client, "packet-dossier", packet.round.slug, 1)
    assert len(reader.pages) == 1 + 3
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 (a PDF boolean)
    assert root["/Lang"] == "fi"
    assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode()
    assert packet.round.code in reader.metadata.title

    text = text_of(reader)
    for challenge in packet.round.challenges.all():
        assert challenge.reference in text
    assert "Tässä esityksemme <b>teille</b>" in text
    assert "MERKKI koordinaattori" in text
    assert gettext("Draft") not in text
    assert packet.round.challenges.get(number=1).contact_email not in text

    elements = structure(reader)
    kinds = {str(element["/S"]) for element in elements}
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/Figure"} <= kinds
    figures = [str(element["/Alt"]) for element in elements if element["/S"] == "/Figure"]
    # Of each challenge, also of the two that nobody assessed.
    assert len(figures) == 3
    (assessed,) = [alt for alt in figures if "Katto: 4,0" in alt]
    assert "AMK: 4,0" in assessed
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
            assert "Source-Sans-Pro" in str(descriptor["/FontName"])


def test_a_draft_says_so_in_its_language(
    client: Client, call_round: Round, submitted: MakeChallenge, coordinator: User, staff: User
) -> None:
    challenge = submitted(language="sv")
    client.force_login(coordinator)
    with translation.override("sv"):
        url = reverse("packet-draft", args=(call_round.slug,))
        draft = gettext("Draft")
    data = {
        f"include_{challenge.pk}": "on",
        f"suggested_{challenge.pk}": "reserve",
        f"rationale_{challenge.pk}": "Det här skrev jag nyss",
    }
    reader = PdfReader(io.BytesIO(client.post(url, data).content))
    assert reader.root_object["/Lang"] == "sv"
    assert all(draft in page.extract_text() for page in reader.pages)
    assert "Det här skrev jag nyss" in text_of(reader)
    assert not Packet.objects.exists()
    # Nothing chosen, or something odd: back to the page.
    for odd in ({}, data | {f"suggested_{challenge.pk}": "running"}):
        assert client.post(url, odd).status_code == 302


def test_the_table_runs_nothing(client: Client, packet: Packet, staff: User) -> None:
    client.force_login(staff)
    url = reverse("packet-sheet", args=(packet.round.slug, 1))
    sheet = load_workbook(io.BytesIO(client.get(url).content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 1 + 3
    assert len(set(rows[0])) == len(rows[0])
    texts = [str(value) for row in rows[1:] for value in row if value]
    assert sum(FORMULA in text for text in texts) == 4
    assert not any(text.startswith("=") for text in texts)


def test_who_decides_sees_what_was_said(client: Client, packet: Packet, second_staff: User) -> None:
    """Also who has assessed nothing, and also of a challenge that has come back."""
    client.force_login(second_staff)
    first = packet.proposals.get(position=1)
    admin = reverse("admin:rounds_proposal_change", args=(first.pk,))
    assert "MERKKI" in client.get(admin).content.decode()
    services.answer_proposal(first.pk, answer="change", note="Rajatkaa", actor=second_staff)
    assert "MERKKI" in text_of(get_pdf(client, "packet-dossier", packet.round.slug, 1))
    page = client.get(reverse("packet-sheet", args=(packet.round.slug, 1)))
    values = load_workbook(io.BytesIO(page.content)).active.iter_rows(values_only=True)
    assert any("MERKKI" in str(value) for row in values for value in row)
    page = client.get(reverse("packet-sent", args=(packet.round.slug, 1)))
    assert "4,0" in page.content.decode()


def test_in_a_draft_an_own_view_comes_before_the_others(
    packet: Packet, second_coordinator: User
) -> None:
    first = packet.proposals.get(position=1)
    Proposal.objects.all().delete()
    Challenge.objects.update(status="submitted")

    def sides() -> list[Any]:
        drafted = draft_dossier(
            packet.round, [PacketItem(first.challenge_id, "confirmed")], "", second_coordinator
        )
        return drafted.entries[0].sides

    assert sides() == []
    packet.round.assesses_unseen = False
    assert [side.mean for side in sides()] == [4, 4]


def test_a_sent_packet_keeps_what_was_said_then(packet: Packet) -> None:
    proposal = packet.proposals.get(position=1)
    kept = proposal.assessed["coordinator"]
    assert (kept["mean"], kept["count"], kept["spread"]) == (4.0, 1, 0.0)
    assert kept["comments"] == [{"by": "Coordinator", "text": "MERKKI koordinaattori"}]
    Assessment.objects.update(comment="Toinen sana")
    proposal.refresh_from_db()
    assert proposal.assessed["coordinator"] == kept
