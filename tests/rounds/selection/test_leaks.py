"""From submitting to announcing, nobody but the two parties can read what has been decided."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from minno_portal.outbox.models import Letter
from organisations.models import User
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection import services
from rounds.selection.models import Criterion
from rounds.selection.services import PacketItem
from tests.rounds.selection.conftest import MakeChallenge

MARKERS = (
    "MERKKI-ARVIO",
    "MERKKI-VIESTI",
    "MERKKI-ESITYS",
    "MERKKI-VASTAUS",
    "MERKKI-SYY",
    "MERKKI-HUOMIO",
    "4,7",
    "4.7",
    "status-confirmed",
    "status-reserve",
    "status-not_selected",
    "status-proposed",
)

PAGES: dict[str, Callable[[Challenge], str]] = {
    "landing": lambda _: reverse("landing"),
    "rounds": lambda _: reverse("public-rounds"),
    "round": lambda each: reverse("public-round", args=(each.round.slug,)),
    "calendar file": lambda each: reverse("public-round-dates", args=(each.round.slug,)),
    "form": lambda each: reverse("public-form", args=(each.round.slug,)),
    "outcomes": lambda _: reverse("public-outcomes"),
    "challenge": lambda each: reverse("challenge", args=(each.pk,)),
    "history": lambda each: reverse("challenge-history", args=(each.pk,)),
    "versions": lambda each: reverse("challenge-compare", args=(each.pk,)),
    "similar": lambda each: reverse("challenge-similar", args=(each.pk,)),
    "mine": lambda _: reverse("challenges"),
    "desk": lambda _: reverse("desk"),
    "board": lambda each: reverse("round-selection", args=(each.round.slug,)),
    "decision": lambda each: reverse("decision-edit", args=(each.pk,)),
    "assessing": lambda each: reverse("challenge-assess", args=(each.pk,)),
    "announcing": lambda each: reverse("decisions-announce", args=(each.round.slug,)),
    "proposals": lambda _: reverse("admin:rounds_proposal_changelist"),
}

# Pages that open to the applicant: searching a refusal would prove nothing.
READABLE = {
    *("landing", "rounds", "round", "form", "outcomes", "mine", "desk"),
    *("challenge", "history", "versions", "similar"),
}


@pytest.fixture
def decided(
    call_round: Round,
    criteria: list[Criterion],
    submitted: MakeChallenge,
    coordinator: User,
    staff: User,
) -> list[Challenge]:
    """Return four challenges of the association: proposed, confirmed, in reserve and refused."""
    proposed, confirmed, refused, aside = (submitted() for _ in range(4))
    for challenge in (proposed, confirmed):
        marks = {each.pk: 4 if each.position == 1 else 5 for each in criteria}
        marks[criteria[1].pk] = 5
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


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["contact", "other_contact", "stranger", "nobody"])
@pytest.mark.parametrize("language", ["fi", "en"])
def test_nothing_leaks_before_announcing(
    client: Client,
    request: pytest.FixtureRequest,
    decided: list[Challenge],
    who: str,
    page: str,
    language: str,
) -> None:
    if who != "nobody":
        client.force_login(request.getfixturevalue(who))
    for challenge in decided:
        with translation.override(language):
            url = PAGES[page](challenge)
        response = client.get(url, follow=True)
        body = b"".join(response) if response.streaming else response.content
        found = [marker for marker in MARKERS if marker in body.decode()]
        assert not found, f"{page} shows {found} to {who}"
        if who == "contact" and page in READABLE:
            assert response.status_code == 200


def test_no_letter_to_the_association_before_announcing(
    decided: list[Challenge], contact: User
) -> None:
    assert not Letter.objects.filter(recipient=contact.email).exists()
    assert Letter.objects.filter(kind="packet").exists()


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
