from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal.errors import NotAllowed, WrongState
from organisations.models import User
from rounds.challenges.helping.history.sources import looking_at
from rounds.challenges.helping.history.telling import history_of
from rounds.planning.models import Round
from rounds.selection import errors, services
from rounds.selection.assessing.models import Recusal
from tests.rounds.selection.assessing.conftest import Assess
from tests.rounds.selection.conftest import MakeChallenge, SendPacket


def aside(challenge: Any, actor: User, **fields: str) -> Recusal:
    values = {"kind": "conflict", "note": "Olen hallituksessa"} | fields
    return services.stand_aside(challenge.pk, **values, actor=actor)


def test_standing_aside_and_taking_it_back(
    submitted: MakeChallenge, assess: Assess, staff: User
) -> None:
    challenge = submitted()
    aside(challenge, staff)
    again = aside(challenge, staff, kind="abstains", note="")
    assert [*Recusal.objects.values_list("kind", "note")] == [("abstains", "")]
    with pytest.raises(errors.StandingAside):
        assess(challenge, staff)
    services.take_back(challenge.pk, actor=staff)
    assert not Recusal.objects.filter(pk=again.pk).exists()
    assert assess(challenge, staff).done_at
    with pytest.raises(WrongState):
        services.take_back(challenge.pk, actor=staff)


def test_what_is_refused(
    submitted: MakeChallenge,
    packet_of: SendPacket,
    umbrella: Any,
    coordinator: User,
    staff: User,
    contact: User,
    administrator: User,
) -> None:
    challenge, own = submitted(), submitted(organisation=umbrella)
    with pytest.raises(errors.ConflictNeedsNote):
        aside(challenge, staff, note=" \x00 ")
    with pytest.raises(errors.UnknownOutcome):
        aside(challenge, staff, kind="away")
    with pytest.raises(errors.ConflictOfInterest):
        aside(own, coordinator)
    for person in (contact, administrator):
        with pytest.raises(NotAllowed):
            aside(challenge, person)
    proposal = packet_of(challenge).proposals.get()
    aside(challenge, coordinator)
    services.answer_proposal(proposal.pk, answer="agree", note="", actor=staff)
    with pytest.raises(WrongState):
        services.take_back(challenge.pk, actor=coordinator)
    with pytest.raises(WrongState):
        aside(challenge, staff)


def test_the_history_tells_both(submitted: MakeChallenge, staff: User, contact: User) -> None:
    challenge = submitted()
    aside(challenge, staff)
    services.take_back(challenge.pk, actor=staff)
    challenge.refresh_from_db()
    told = [
        line
        for entry in history_of(looking_at(challenge, staff))
        for line in entry.lines
        if entry.who_id == staff.pk
    ]
    assert [line.quote for line in told] == ["", "Olen hallituksessa"], "newest first"
    assert told[0].text != told[1].text
    own = history_of(looking_at(challenge, User.objects.get(pk=contact.pk)))
    assert all(entry.who_id != staff.pk for entry in own)


def test_the_pages(client: Client, submitted: MakeChallenge, assess: Assess, staff: User) -> None:
    challenge = submitted()
    assess(challenge, staff)
    client.force_login(staff)
    assess_url = reverse("challenge-assess", args=(challenge.pk,))
    url = reverse("challenge-stand-aside", args=(challenge.pk,))
    assert url in client.get(assess_url).content.decode()
    assert client.get(url).status_code == 200
    for typed in ({}, {"kind": "x"}, {"kind": "conflict"}, {"kind": "abstains", "note": "x" * 301}):
        page = client.post(url, typed)
        assert page.status_code == 200
        assert page.context["form"].errors
    assert "x" * 301 in page.content.decode(), "what was typed is still there"
    assert client.post(url, {"kind": "conflict", "note": "a\x00b"}).status_code == 200
    assert not Recusal.objects.exists()
    assert client.post(url, {"kind": "conflict", "note": "Ystävä"})["Location"] == assess_url
    page = client.get(assess_url)
    back = reverse("challenge-take-back", args=(challenge.pk,))
    assert back in page.content.decode()
    assert "criterion_" not in page.content.decode()
    assert client.get(back).status_code == 405
    assert client.post(back)["Location"] == assess_url
    assert reverse("round-selection", args=(challenge.round.slug,)) in client.post(back)["Location"]


def test_who_gets_in(
    client: Client,
    submitted: MakeChallenge,
    call_round: Round,
    contact: User,
    administrator: User,
    stranger: User,
    staff: User,
) -> None:
    challenge = submitted()
    for name in ("challenge-stand-aside", "challenge-take-back"):
        url = reverse(name, args=(challenge.pk,))
        for person, status in ((contact, 403), (administrator, 403), (stranger, 404)):
            client.force_login(person)
            assert client.post(url, {"kind": "abstains"}).status_code == status
    challenge.status = "withdrawn"
    challenge.save()
    client.force_login(staff)
    for name in ("challenge-assess", "challenge-stand-aside"):
        response = client.get(reverse(name, args=(challenge.pk,)))
        assert reverse("round-selection", args=(call_round.slug,)) in response["Location"]
