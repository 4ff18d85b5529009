"""What a reader opens: the letter's own link, and the way off the list and back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from minno_portal import clock
from minno_portal.outbox.models import Letter
from organisations.mailing.models import Unsubscription
from organisations.models import User
from rounds.call.campaigns import links, services
from rounds.call.campaigns.models import CampaignRecipient
from tests.rounds.call.campaigns.conftest import MakeCampaign, register, send_now

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def reader(make_campaign: MakeCampaign, coordinator: User) -> CampaignRecipient:
    """A reader in Swedish."""
    register(1)
    campaign = send_now(make_campaign(), coordinator)
    found: CampaignRecipient = campaign.recipients.get()
    assert found.language == "sv"
    return found


def test_the_first_visit_is_noted_and_leads_to_the_call(
    client: Client, reader: CampaignRecipient
) -> None:
    address = f"/r/{links.visit_token(reader.pk)}/"
    client.head(address)
    assert CampaignRecipient.objects.get().visited_on is None

    answer = client.get(address)
    assert answer.headers["Location"] == f"/sv/rounds/{reader.campaign.round.slug}/"
    assert not answer.cookies
    assert CampaignRecipient.objects.get().visited_on == clock.today()
    with clock.playing_at(clock.now() + dt.timedelta(days=3)):
        client.get(address)
    assert CampaignRecipient.objects.get().visited_on == clock.today()
    assert reader.address not in address


@pytest.mark.parametrize("token", ["x", "1", "1.", "1.abc", "1:abc", "%00", "9" * 400, "ä:ö"])
def test_an_altered_link_leads_to_the_front_page(client: Client, token: str, db: None) -> None:
    assert client.get(f"/r/{token}/").headers["Location"] == "/"
    assert client.get(f"/unsubscribe/{token}/").status_code == 404
    assert client.post(f"/unsubscribe/{token}/", ONE_CLICK).status_code == 404


def test_the_two_links_are_not_each_other(client: Client, reader: CampaignRecipient) -> None:
    visit, unsubscribe = links.visit_token(reader.pk), links.unsubscribe_token(reader.pk)
    assert client.get(f"/r/{unsubscribe}/").headers["Location"] == "/"
    assert client.post(f"/unsubscribe/{visit}/", ONE_CLICK).status_code == 404
    assert not Unsubscription.objects.exists()


def test_a_mail_program_unsubscribes_with_one_press(reader: CampaignRecipient) -> None:
    strict = Client(enforce_csrf_checks=True)
    address = f"/sv/unsubscribe/{links.unsubscribe_token(reader.pk)}/"
    for _ in range(2):
        answer = strict.post(address, ONE_CLICK)
        assert (answer.status_code, answer.content) == (200, b"")
    row = Unsubscription.objects.get()
    assert (row.address, row.partnership) == (reader.address, reader.campaign.round.partnership)


def test_a_person_is_asked_first_and_can_take_it_back(
    client: Client, reader: CampaignRecipient
) -> None:
    address = f"/unsubscribe/{links.unsubscribe_token(reader.pk)}/"
    page = client.get(address)
    assert "Haluatteko perua" in page.text
    assert not Unsubscription.objects.exists()
    assert not page.cookies
    assert "Ette enää saa" in client.post(address, {"unsubscribe": "1"}, follow=True).text
    assert Unsubscription.objects.exists()
    assert "Haluatteko perua" in client.post(address, {"again": "1"}, follow=True).text
    assert not Unsubscription.objects.exists()


def test_too_many_presses_from_one_address_wait(
    client: Client, reader: CampaignRecipient, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"unsubscribe": "2/m/ip"}
    address = f"/unsubscribe/{links.unsubscribe_token(reader.pk)}/"
    codes = [client.post(address, ONE_CLICK).status_code for _ in range(3)]
    assert codes == [200, 200, 429]


def test_the_link_of_a_test_letter_explains_itself(
    client: Client, make_campaign: MakeCampaign, coordinator: User
) -> None:
    services.send_test(make_campaign().pk, actor=coordinator)
    letter = Letter.objects.get(language="fi")
    address = links.unsubscribe_url(None, "fi")
    assert address in letter.text
    assert "testiviestin linkki" in client.get("/unsubscribe/example/").text
