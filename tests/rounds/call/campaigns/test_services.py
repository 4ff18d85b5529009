"""Writing, sending and stopping campaigns: nothing unseen, nothing twice."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from minno_portal import clock
from minno_portal.errors import NotAllowed, WrongState
from minno_portal.outbox.enums import State
from minno_portal.outbox.models import Letter
from minno_portal.outbox.rendering import Written
from organisations.mailing.services import unsubscribe
from organisations.models import Contact, User
from rounds.call.campaigns import errors, sending, services
from rounds.call.campaigns.audience import Filters
from rounds.call.campaigns.enums import Purpose, Status
from rounds.call.campaigns.models import Campaign
from rounds.planning.models import Round
from tests.rounds.call.campaigns.conftest import (
    LANGUAGES,
    MakeCampaign,
    register,
    send_now,
    wanted,
    write_all,
)
from tests.scene import other_coordinator

pytestmark = pytest.mark.django_db


def test_each_reader_gets_one_letter_in_their_language(
    make_campaign: MakeCampaign, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "BATCH", 2)
    contacts = register(5)
    campaign = send_now(make_campaign(), coordinator)
    assert campaign.status == Status.SENDING
    assert not Letter.objects.exists()

    write_all(campaign)
    write_all(campaign)

    letters = {each.recipient: each for each in Letter.objects.all()}
    assert len(letters) == 5
    for contact in contacts:
        letter = letters[contact.email]
        assert (letter.language, letter.is_bulk) == (contact.language, True)
        assert letter.reply_to == campaign.round.partnership.reply_to
        assert letter.unsubscribe_url in letter.text
        assert contact.organisation.name in letter.text
        assert "{" not in letter.text + letter.subject
        assert letter.expires_at == campaign.round.call_closes_at
    assert len({each.subject for each in letters.values()}) == 3


def test_a_campaign_ends_when_no_letter_waits(
    make_campaign: MakeCampaign, coordinator: User
) -> None:
    register(2)
    campaign = send_now(make_campaign(), coordinator)
    write_all(campaign)
    assert sending.unfinished() == [campaign.pk]
    Letter.objects.update(state=State.SENT, sent_at=clock.now())
    write_all(campaign)
    campaign.refresh_from_db()
    assert campaign.status == Status.SENT
    assert sending.unfinished() == []


def test_stopping_cancels_what_has_not_gone(
    make_campaign: MakeCampaign, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "BATCH", 2)
    register(5)
    campaign = send_now(make_campaign(), coordinator)
    sending.write_batch(campaign.pk)
    sent = Letter.objects.first()
    Letter.objects.filter(pk=sent.pk).update(state=State.SENT, sent_at=clock.now())

    assert services.stop_campaign(campaign.pk, actor=coordinator) == 1
    write_all(campaign)

    assert sorted(Letter.objects.values_list("state", flat=True)) == [State.CANCELLED, State.SENT]
    with pytest.raises(WrongState):
        services.stop_campaign(campaign.pk, actor=coordinator)


def test_nothing_is_sent_that_was_not_seen(make_campaign: MakeCampaign, coordinator: User) -> None:
    register(2)
    campaign = make_campaign()
    seen = services.mark_of(campaign, services.audience_now(campaign, coordinator))
    register(1, start=3)
    with pytest.raises(errors.CampaignChanged):
        services.send_campaign(campaign.pk, seen=seen, actor=coordinator)
    with pytest.raises(errors.CampaignChanged):
        services.send_campaign(campaign.pk, seen="", actor=coordinator)
    send_now(campaign, coordinator)
    with pytest.raises(WrongState):
        send_now(campaign, coordinator)


def test_an_empty_choice_sends_nothing_and_says_so(
    make_campaign: MakeCampaign, coordinator: User
) -> None:
    campaign = make_campaign(filters=Filters(languages=("sv",)))
    with pytest.raises(errors.NobodyToWriteTo):
        send_now(campaign, coordinator)


def test_a_draft_waits_until_somebody_says_it_is_ready(
    make_campaign: MakeCampaign, coordinator: User
) -> None:
    register(1)
    campaign = make_campaign(is_ready=False)
    assert campaign.status == Status.DRAFT
    with pytest.raises(WrongState):
        send_now(campaign, coordinator)


def test_only_coordinators_of_the_round_write_and_send(
    make_campaign: MakeCampaign, call_round: Round, staff: User, administrator: User
) -> None:
    register(1)
    campaign = make_campaign()
    for user in (staff, administrator, other_coordinator()):
        with pytest.raises(NotAllowed):
            services.begin_campaign(call_round.pk, actor=user, **wanted("call", call_round))
        with pytest.raises(NotAllowed):
            send_now(campaign, user)
        with pytest.raises(NotAllowed):
            services.send_test(campaign.pk, actor=user)
        with pytest.raises(NotAllowed):
            services.drop_campaign(campaign.pk, actor=user)


def test_too_early_and_too_late(
    make_campaign: MakeCampaign, call_round: Round, coordinator: User
) -> None:
    register(1)
    Round.objects.filter(pk=call_round.pk).update(published_at=None)
    with pytest.raises(errors.RoundNotPublished):
        send_now(make_campaign(), coordinator)
    Round.objects.filter(pk=call_round.pk).update(published_at=clock.now())
    with pytest.raises(errors.NothingToldYet):
        send_now(make_campaign(Purpose.CHOSEN), coordinator)
    late = call_round.call_closes_at + dt.timedelta(minutes=1)
    campaign = make_campaign()
    with clock.playing_at(late), pytest.raises(errors.CallHasClosed):
        send_now(campaign, coordinator)


def test_who_unsubscribes_meanwhile_gets_nothing(
    make_campaign: MakeCampaign, coordinator: User
) -> None:
    register(2)
    campaign = send_now(make_campaign(), coordinator)
    unsubscribe("Person1@example.org", partnership_id=campaign.round.partnership_id)
    write_all(campaign)
    assert list(Letter.objects.values_list("recipient", flat=True)) == ["person2@example.org"]


def test_a_test_letter_comes_to_oneself_in_each_language(
    make_campaign: MakeCampaign, coordinator: User
) -> None:
    register(1)
    campaign = make_campaign()
    assert services.send_test(campaign.pk, actor=coordinator) == 3
    letters = Letter.objects.all()
    assert {each.recipient for each in letters} == {coordinator.email}
    assert {each.language for each in letters} == set(LANGUAGES)
    assert all(each.subject.startswith("[TEST") for each in letters)
    assert not any(each.is_bulk or each.unsubscribe_url for each in letters)


def test_a_language_without_a_text_gets_the_finnish_one(
    make_campaign: MakeCampaign, call_round: Round, coordinator: User
) -> None:
    contact = register(1)[0]
    Contact.objects.filter(pk=contact.pk).update(language="en")
    texts = wanted("call", call_round)["texts"] | {"en": Written("", "")}
    campaign = send_now(make_campaign(texts=texts), coordinator)
    write_all(campaign)
    letter = Letter.objects.get()
    assert letter.language == "en"
    assert letter.subject == texts["fi"].subject.replace("{code}", call_round.code)


def test_an_edited_campaign_is_looked_at_again(
    make_campaign: MakeCampaign, call_round: Round, coordinator: User
) -> None:
    register(1)
    campaign = make_campaign()
    seen = services.mark_of(campaign, services.audience_now(campaign, coordinator))
    change = wanted("call", call_round)
    change["texts"]["fi"] = replace(change["texts"]["fi"], subject="Uusi")
    change.pop("purpose")
    services.edit_campaign(campaign.pk, actor=coordinator, **change)
    with pytest.raises(errors.CampaignChanged):
        services.send_campaign(campaign.pk, seen=seen, actor=coordinator)
    services.drop_campaign(campaign.pk, actor=coordinator)
    assert not Campaign.objects.exists()
