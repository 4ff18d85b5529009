from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from organisations.models import User
from rounds.planning.models import Round
from rounds.selection.models import Criterion
from tests.rounds.selection.conftest import MakeChallenge


def test_assessing_goes_on_to_the_next(
    client: Client,
    call_round: Round,
    criteria: list[Criterion],
    submitted: MakeChallenge,
    coordinator: User,
) -> None:
    first, second = submitted(), submitted()
    client.force_login(coordinator)
    url = reverse("challenge-assess", args=(first.pk,))
    marks = {f"criterion_{each.pk}": "4" for each in criteria}

    page = client.post(url, {"done": "1", f"criterion_{criteria[0].pk}": "4"})
    assert page.status_code == 200
    assert len(page.context["form"].errors) == 4
    assert not first.assessments.exists()

    assert client.post(url, {"comment": "Kesken"})["Location"] == url
    assert first.assessments.get().done_at is None

    response = client.post(url, marks | {"done": "1"})
    assert response["Location"] == reverse("challenge-assess", args=(second.pk,))
    assessment = first.assessments.get()
    assert assessment.done_at is not None
    assert assessment.scores.count() == 5

    last = client.post(reverse("challenge-assess", args=(second.pk,)), marks | {"done": "1"})
    assert reverse("round-selection", args=(call_round.slug,)) in last["Location"]


@pytest.mark.usefixtures("criteria")
def test_the_text_is_read_where_it_is_assessed(
    client: Client, submitted: MakeChallenge, staff: User
) -> None:
    challenge = submitted(need="Omaiset jäävät yksin.", hoped_outputs=["concept"])
    client.force_login(staff)
    page = client.get(reverse("challenge-assess", args=(challenge.pk,))).content.decode()
    assert "Omaiset jäävät yksin." in page
    assert "Konsepti" in page
    assert "Mitä olette jo kokeilleet?" not in page, "an empty answer takes no room"


@pytest.mark.parametrize("mark", ["0", "6", "x", "9" * 400, "3\x00"])
def test_odd_marks_are_shown_again(
    client: Client,
    criteria: list[Criterion],
    submitted: MakeChallenge,
    staff: User,
    mark: str,
) -> None:
    challenge = submitted()
    client.force_login(staff)
    url = reverse("challenge-assess", args=(challenge.pk,))
    response = client.post(url, {f"criterion_{criteria[0].pk}": mark})
    assert response.status_code == 200
    assert not challenge.assessments.exists()


def test_who_does_not_assess(
    client: Client,
    submitted: MakeChallenge,
    coordinator: User,
    contact: User,
    administrator: User,
    stranger: User,
    umbrella: Any,
) -> None:
    challenge, own = submitted(), submitted(organisation=umbrella)
    url = reverse("challenge-assess", args=(challenge.pk,))
    for person, status in ((contact, 403), (administrator, 403), (stranger, 404)):
        client.force_login(person)
        assert client.get(url).status_code == status
        assert client.post(url, {"comment": "x"}).status_code == status
    client.force_login(coordinator)
    own_url = reverse("challenge-assess", args=(own.pk,))
    assert client.post(own_url, {"comment": "x"}).status_code == 403
    assert not own.assessments.exists()
