"""The pages of campaigns, in Finnish."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from minno_portal import clock
from minno_portal.outbox.enums import State
from minno_portal.outbox.models import Letter
from organisations.models import Contact, User
from rounds.call.campaigns.enums import Status
from rounds.call.campaigns.models import Campaign
from rounds.challenges.models import Challenge
from rounds.challenges.services import submit_challenge
from rounds.planning.models import Round
from tests.rounds.call.campaigns.conftest import MakeCampaign, register, send_now, write_all
from tests.scene import UNTOLD, challenge_in

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def signed_in(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def form_of(page: Any) -> dict[str, Any]:
    """Return what the page's form would send."""
    form = page.context["form"]
    return {each.html_name: each.value() for each in form if each.value() not in (None, False)}


def test_from_a_new_campaign_to_its_results(signed_in: Client, call_round: Round) -> None:
    register(4)
    new = reverse("campaign-new", args=[call_round.slug, "call"])
    assert new in signed_in.get(reverse("campaigns", args=[call_round.slug])).text
    page = signed_in.get(new)
    saved = signed_in.post(new, {**form_of(page), "ready": "1"}, follow=True)
    campaign = Campaign.objects.get()
    assert campaign.status == Status.HELD
    assert "Lähetä 4 saajalle" in saved.text
    assert "Esimerkki" not in saved.text
    assert not Letter.objects.exists()

    send = reverse("campaign-send", args=[call_round.slug, campaign.pk])
    asked = signed_in.get(send)
    assert "Lähetetäänkö viesti 4 saajalle?" in asked.text
    sent = signed_in.post(send, {"seen": asked.context["seen"]}, follow=True)
    assert "Viestejä lähetetään" in sent.text
    assert signed_in.get(send).status_code == 302
    write_all(campaign)
    Letter.objects.update(state=State.SENT, sent_at=clock.now())
    write_all(campaign)
    progress = signed_in.get(reverse("campaign-progress", args=[call_round.slug, campaign.pk]))
    assert "Viestit on lähetetty" in progress.text
    assert "hx-get" not in progress.text


def test_pressing_twice_sends_once(
    signed_in: Client, make_campaign: MakeCampaign, call_round: Round
) -> None:
    register(1)
    send = reverse("campaign-send", args=[call_round.slug, make_campaign().pk])
    seen = {"seen": signed_in.get(send).context["seen"]}
    signed_in.post(send, seen)
    assert "ei voi enää tehdä" in signed_in.post(send, seen, follow=True).text
    assert Campaign.objects.get().recipients.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("text_fi", "Ilman linkkiä", "Tekstissä on oltava {oma_linkki}"),
        ("text_sv", "{link} {nonsense}", "{nonsense}"),
        ("subject_en", "", "Kirjoittakaa otsikko."),
        ("text_fi", "", "Kirjoittakaa viesti."),
        ("subject_fi", "x" * 201, "200"),
        ("text_fi", "{link}" + "x" * 6001, "6000"),
        ("readers", "everybody", "everybody"),
        ("areas", "99", "99"),
        ("part", "minno-9-1999", "minno-9-1999"),
    ],
)
def test_what_cannot_be_is_said_at_the_field(
    signed_in: Client, call_round: Round, field: str, value: str, said: str
) -> None:
    new = reverse("campaign-new", args=[call_round.slug, "call"])
    page = signed_in.post(new, {**form_of(signed_in.get(new)), field: value})
    assert page.status_code == 200
    assert said in " ".join(page.context["form"].errors[field])
    assert not Campaign.objects.exists()


def test_nobody_to_write_to_is_said_and_nothing_can_be_pressed(
    signed_in: Client, make_campaign: MakeCampaign
) -> None:
    page = signed_in.get(make_campaign().get_absolute_url())
    assert "Näillä valinnoilla kukaan ei saisi viestiä" in page.text
    assert "Lähetä 0" not in page.text


def test_editing_stopping_and_removing(
    signed_in: Client, make_campaign: MakeCampaign, call_round: Round, coordinator: User
) -> None:
    register(1)
    campaign = make_campaign()
    edit = reverse("campaign-edit", args=[call_round.slug, campaign.pk])
    data = form_of(signed_in.get(edit)) | {"subject_fi": "Uusi", "draft": "1"}
    assert "Tämä on luonnos" in signed_in.post(edit, data, follow=True).text
    signed_in.post(edit, data | {"ready": "1"})
    signed_in.post(reverse("campaign-test", args=[call_round.slug, campaign.pk]))
    assert Letter.objects.filter(recipient=coordinator.email).count() == 3
    campaign.refresh_from_db()
    send_now(campaign, coordinator)
    assert signed_in.get(edit).status_code == 302
    stop = reverse("campaign-stop", args=[call_round.slug, campaign.pk])
    assert "Kampanja keskeytettiin" in signed_in.post(stop, follow=True).text
    delete = reverse("campaign-delete", args=[call_round.slug, campaign.pk])
    assert "ei voi enää tehdä" in signed_in.post(delete, follow=True).text
    gone = make_campaign()
    signed_in.post(reverse("campaign-delete", args=[call_round.slug, gone.pk]))
    assert not Campaign.objects.filter(pk=gone.pk).exists()


def test_results_tell_what_came_of_it(
    signed_in: Client,
    make_campaign: MakeCampaign,
    call_round: Round,
    coordinator: User,
    contact: User,
    draft: Challenge,
) -> None:
    register(3)
    campaign = send_now(make_campaign(), coordinator)
    write_all(campaign)
    keep = [State.SENT, State.FAILED, State.BOUNCED, State.SENT]
    moment = clock.now()
    for letter, state in zip(Letter.objects.order_by("recipient"), keep, strict=True):
        Letter.objects.filter(pk=letter.pk).update(state=state, sent_at=moment, bounced_at=moment)
    campaign.recipients.filter(address="person3@example.org").update(visited_on=clock.today())
    submit_challenge(draft.pk, accepted_terms=True, actor=contact)

    page = signed_in.get(campaign.get_absolute_url())
    total = page.context["results"].total
    assert (total.total, total.sent, total.failed, total.bounced, total.visited) == (4, 3, 1, 1, 1)
    assert page.context["results"].submitted == 1
    found = {
        state: [row.recipient.address.split("@")[0] for row in asked.context["rows"]]
        for state in ("sent", "failed", "bounced", "visited", "submitted", "waiting", "nonsense")
        if (asked := signed_in.get(campaign.get_absolute_url(), {"state": state}))
    }
    assert found["failed"] == ["person1"]
    assert found["bounced"] == ["person2"]
    assert found["visited"] == ["person3"]
    assert found["submitted"] == ["contact"]
    assert found["waiting"] == []
    assert len(found["nonsense"]) == 4
    sheet = signed_in.get(reverse("campaign-export", args=[call_round.slug, campaign.pk, "xlsx"]))
    lines = list(load_workbook(io.BytesIO(sheet.content)).active.values)
    assert len(lines) == 5
    assert lines[1][:3] == ("Esimerkkiyhdistys ry", "Contact", "contact@example.org")


@pytest.mark.parametrize("count", [1, 3])
def test_pages_are_cheap_at_any_size(
    signed_in: Client,
    make_campaign: MakeCampaign,
    coordinator: User,
    call_round: Round,
    django_assert_num_queries: Any,
    count: int,
) -> None:
    register(count)
    held = [make_campaign() for _ in range(count)]
    sent = [send_now(make_campaign(), coordinator) for _ in range(count)]
    for campaign in sent:
        write_all(campaign)
    for address, queries in (
        (reverse("campaigns", args=[call_round.slug]), 6),
        (held[0].get_absolute_url(), 11),
        (reverse("campaign-readers", args=[call_round.slug, held[0].pk]), 11),
        (sent[0].get_absolute_url(), 11),
        (reverse("campaign-export", args=[call_round.slug, sent[0].pk, "xlsx"]), 7),
    ):
        assert queries <= MOST_QUERIES, address
        with django_assert_num_queries(queries):
            assert signed_in.get(address).status_code == 200


def test_only_told_and_publishable_challenges_are_named(
    signed_in: Client, make_campaign: MakeCampaign, draft: Challenge, staff: User
) -> None:
    register(1)
    challenge = challenge_in(UNTOLD, draft, staff, number=1)
    campaign = make_campaign("chosen")
    page = signed_in.get(campaign.get_absolute_url())
    assert draft.title not in page.text
    assert "ei ole vielä kerrottu" in page.text

    Challenge.objects.filter(pk=challenge.pk).update(announced_at=clock.now())
    assert draft.title in signed_in.get(campaign.get_absolute_url()).text
    Challenge.objects.filter(pk=challenge.pk).update(may_publish=False)
    assert draft.title not in signed_in.get(campaign.get_absolute_url()).text


def test_a_name_in_the_register_stays_a_name(
    signed_in: Client, make_campaign: MakeCampaign
) -> None:
    person = register(1)[0]
    Contact.objects.filter(pk=person.pk).update(name="{link} <b>x</b>")
    page = signed_in.get(make_campaign().get_absolute_url())
    assert "{link} &lt;b&gt;x" in page.text
