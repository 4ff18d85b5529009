"""From submitting to announcing, nobody but the two parties can read what has been decided.

Every address of the portal is asked, for the addresses come from the resolver; what opens is
searched: pages, feeds, calendar files, sheets and PDFs. LEAK_LANGUAGES=fi,sv,en searches all three.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import translation
from pypdf import PdfReader

from minno_portal.outbox.models import Letter
from organisations.models import User
from rounds.call.terms import PRIVACY_VERSION, TERMS_VERSION
from rounds.challenges.models import Challenge
from rounds.challenges.services import submit_challenge
from rounds.planning.models import Round
from rounds.selection import services
from rounds.selection.models import Criterion
from rounds.selection.services import PacketItem
from rounds.tasks import queue_reminders
from tests.rounds.selection.conftest import MakeChallenge
from tests.test_permission_matrix import MATRIX, names_of

WORDS = (
    "MERKKI-ARVIO",
    "MERKKI-VIESTI",
    "MERKKI-ESITYS",
    "MERKKI-VASTAUS",
    "MERKKI-SYY",
    "MERKKI-HUOMIO",
    "status-confirmed",
    "status-reserve",
    "status-not_selected",
    "status-proposed",
)
# The mean of the marks below, apart from dates and moments.
MEAN = re.compile(r"(?<![\w.,:])4[.,](?:75|8)(?![\w.,:])")
DRAWING = re.compile(r"<svg.*?</svg>", re.DOTALL)
LANGUAGES = os.environ.get("LEAK_LANGUAGES", "fi").split(",")
FEWEST_OPEN = {"contact": 50, "other_contact": 20, "stranger": 20, "nobody": 15}

# What stands in an address, by what the permission matrix calls it.
ARGUMENTS: dict[str, Callable[[Challenge], list[object]]] = {
    "": lambda _: [],
    "round": lambda each: [each.round.slug],
    "challenge": lambda each: [each.pk],
    "section": lambda each: [each.pk, "challenge"],
    "organisation": lambda each: [each.organisation_id],
    "terms": lambda _: [TERMS_VERSION],
    "privacy": lambda _: [PRIVACY_VERSION],
}


@pytest.fixture
def decided(
    call_round: Round,
    criteria: list[Criterion],
    submitted: MakeChallenge,
    draft: Challenge,
    contact: User,
    coordinator: User,
    staff: User,
) -> list[Challenge]:
    """Return four challenges of the association: proposed, confirmed, in reserve and refused."""
    proposed = submit_challenge(draft.pk, accepted_terms=True, actor=contact)
    confirmed, refused, aside = (submitted() for _ in range(3))
    for challenge in (proposed, confirmed):
        # By the weights 3, 2, 2, 3, 2 these make 57 / 12 = 4.75.
        marks = {each.pk: 4 if each.position == 1 else 5 for each in criteria}
        services.save_assessment(
            challenge.pk, scores=marks, comment="MERKKI-ARVIO", done=True, actor=staff
        )
    packet = services.send_packet(
        call_round.pk,
        items=[
            PacketItem(challenge.pk, suggested, "MERKKI-ESITYS")
            for challenge, suggested in (
                (proposed, "reserve"),
                (confirmed, "confirmed"),
                (refused, "not_selected"),
            )
        ],
        message="MERKKI-VIESTI",
        actor=coordinator,
    )
    for proposal in packet.proposals.exclude(challenge=proposed):
        services.answer_proposal(proposal.pk, answer="agree", note="MERKKI-VASTAUS", actor=staff)
    written = {"reason": "MERKKI-SYY", "internal_note": "MERKKI-HUOMIO"}
    services.set_aside(aside.pk, outcome="reserve", **written, actor=coordinator)
    for challenge in (confirmed, refused):
        services.write_reason(challenge.pk, **written, actor=coordinator)
    return [proposed, confirmed, aside, refused]


def addresses(challenges: list[Challenge]) -> Iterator[str]:
    """Yield every address that is read, about each of the challenges."""
    known = {name: MATRIX[name] for name in names_of(get_resolver().url_patterns)}
    found = {
        reverse(name, args=ARGUMENTS[route.about](challenge))
        for name, route in known.items()
        if not route.post and route.about in ARGUMENTS
        for challenge in challenges
    }
    found.add(reverse("admin:rounds_proposal_changelist"))
    yield from sorted(found)


def text_of(response: HttpResponse) -> str:
    """Return what a person reads in an answer, whatever its format."""
    body = b"".join(response) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    if kind.startswith("application/pdf"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    if "spreadsheet" in kind:
        sheets = openpyxl.load_workbook(io.BytesIO(body)).worksheets
        rows = [row for sheet in sheets for row in sheet.iter_rows(values_only=True)]
        return "\n".join(str(value) for row in rows for value in row)
    if kind.startswith("image/png"):
        # Drawn from the round's public dates; `tests/rounds/call/kit` looks at what is drawn.
        return ""
    return DRAWING.sub("", body.decode())


def secrets_in(text: str) -> list[str]:
    """Return which of the secrets stand in a text."""
    return [*(word for word in WORDS if word in text), *MEAN.findall(text)]


@pytest.mark.parametrize("who", FEWEST_OPEN)
def test_nothing_leaks_before_announcing(
    client: Client, request: pytest.FixtureRequest, decided: list[Challenge], who: str
) -> None:
    if who != "nobody":
        client.force_login(request.getfixturevalue(who))
    opened = 0
    for language in LANGUAGES:
        with translation.override(language):
            asked = list(addresses(decided))
        for address in asked:
            response = client.get(address, follow=True)
            found = secrets_in(text_of(response))
            assert not found, f"{address} shows {found} to {who}"
            opened += response.status_code == 200 and not response.redirect_chain
    print(f"{opened} addresses searched as {who}")
    assert opened >= FEWEST_OPEN[who] * len(LANGUAGES)


def test_no_letter_tells_before_announcing(decided: list[Challenge], call_round: Round) -> None:
    queue_reminders()
    parties = {"coordinator@example.org", "staff@example.org"}
    assert Letter.objects.filter(kind="packet").exists()
    for letter in Letter.objects.exclude(recipient__in=parties):
        assert not letter.kind.startswith("decision")
        assert not secrets_in(f"{letter.subject}\n{letter.text}\n{letter.html}")


def test_the_search_finds_what_is_told(
    client: Client,
    decided: list[Challenge],
    call_round: Round,
    contact: User,
    coordinator: User,
    staff: User,
) -> None:
    """The markers are the right ones: after announcing the association reads its reason."""
    proposal = decided[0].proposals.get()
    services.answer_proposal(proposal.pk, answer="agree", note="MERKKI-VASTAUS", actor=staff)
    services.write_reason(
        decided[0].pk, reason="MERKKI-SYY", internal_note="MERKKI-HUOMIO", actor=coordinator
    )
    services.announce_decisions(call_round.pk, actor=coordinator)
    client.force_login(contact)
    page = client.get(reverse("challenge", args=(decided[3].pk,))).content.decode()
    assert "status-not_selected" in page
    for secret in ("MERKKI-HUOMIO", "MERKKI-VASTAUS", "MERKKI-ESITYS", "MERKKI-ARVIO"):
        assert secret not in page
        assert not Letter.objects.filter(recipient=contact.email, text__contains=secret).exists()
    told = Letter.objects.filter(recipient=contact.email, kind="decision-not-selected")
    assert "MERKKI-SYY" in told.get().text
    client.force_login(staff)
    board = text_of(client.get(reverse("round-selection", args=(call_round.slug,))))
    assert MEAN.search(board)
