"""What a newcomer types."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from rounds.planning.models import Round
from tests.organisations.conftest import no_sending

__all__ = ["no_sending"]

TYPED: dict[str, Any] = {
    "title": "Yksinäisyyden varhainen tunnistaminen",
    "summary": "Vapaaehtoisemme tapaavat viikoittain 600 iäkästä.",
    "need": "Yksinäisyys huomataan usein vasta, kun se on johtanut palvelutarpeeseen.",
    "change_sought": "Yksinäisyys tunnistetaan ajoissa.",
    "target_group": "Yksin asuvat iäkkäät",
    "hoped_outputs": ["concept"],
    "support_hours": "2,5",
    "is_national": "on",
    "may_publish": "on",
}
FINISHED: dict[str, Any] = {
    "name": "Kotikäyntiyhdistys ry",
    "business_id": "",
    "contact_name": "Maija M.",
    "contact_email": "uusi@example.org",
    "accepts_terms": "on",
}


@pytest.fixture
def new_url(call_round: Round) -> str:
    return reverse("challenge-new", args=[call_round.slug])


@pytest.fixture
def finish_url(call_round: Round) -> str:
    return reverse("challenge-finish", args=[call_round.slug])


@pytest.fixture
def written(client: Client, new_url: str) -> Client:
    """A browser in which somebody has written and pressed “sign in and submit”."""
    response = client.post(new_url, {**TYPED, "go": "finish"})
    assert response.status_code == 302, response.context["form"].errors
    return client
