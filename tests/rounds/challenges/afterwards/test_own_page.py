"""The association's own page: what has happened, who writes, what was accepted."""

from __future__ import annotations

import datetime as dt

from django.test import Client
from django.urls import reverse

from minno_portal import clock
from organisations.models import User
from organisations.people.exports import data_of
from rounds.call.terms import TERMS_VERSION
from rounds.challenges.afterwards.contact import change_contact
from rounds.challenges.afterwards.happened import happened
from rounds.challenges.afterwards.own_page import own_content
from rounds.challenges.attachments.services import add_attachment
from rounds.challenges.helping.late import DEADLINE
from rounds.challenges.helping.models import LatePermission
from rounds.challenges.models import Challenge
from rounds.challenges.services import submit_challenge, withdraw_challenge
from rounds.challenges.timeline import next_step
from tests.rounds.challenges.attachments.conftest import upload

CHANGED = {
    "name": "Uusi",
    "email": "uusi@example.org",
    "phone": "",
    "deputy_name": "Vara",
    "deputy_email": "vara@example.org",
}


def test_what_happened_stands_in_order(asked: Challenge, contact: User) -> None:
    change_contact(asked.pk, **CHANGED, actor=contact)
    submit_challenge(asked.pk, accepted_terms=False, actor=contact)
    asked.refresh_from_db()
    steps = happened(asked, list(asked.revisions.order_by("number")))
    # One line each, however many people were told.
    assert len(steps) == 3
    moments = [step.when for step in steps]
    assert moments == sorted(moments)  # type: ignore[type-var]
    assert moments[-1] == asked.revisions.get(number=2).submitted_at


def test_a_draft_has_no_past(draft: Challenge) -> None:
    assert happened(draft, []) == []


def test_a_later_deadline_of_ones_own(draft: Challenge) -> None:
    later = draft.round.call_closes_at + dt.timedelta(days=3)
    LatePermission.objects.create(round=draft.round, organisation=draft.organisation, until=later)
    row = Challenge.objects.annotate(closes_at=DEADLINE).get(pk=draft.pk)
    after = draft.round.call_closes_at + dt.timedelta(hours=1)
    step = next_step(row, row.round, after)
    assert step
    assert step.when == later


def test_the_page_tells_people_terms_and_files(
    client: Client, draft: Challenge, contact: User, colleague: User
) -> None:
    add_attachment(draft.pk, upload=upload("Kysely.pdf"), actor=contact)
    submit_challenge(draft.pk, accepted_terms=True, actor=contact)
    client.force_login(contact)
    page = client.get(reverse("challenge", args=[draft.pk])).content.decode()
    for told in (str(colleague), TERMS_VERSION, "Kysely.pdf"):
        assert told in page
    for name in ("challenge-receipt", "challenge-contact", "challenge-copy", "challenge-withdraw"):
        assert reverse(name, args=[draft.pk]) in page


def test_the_page_tells_when_it_was_withdrawn(
    client: Client, submitted: Challenge, contact: User
) -> None:
    withdraw_challenge(submitted.pk, actor=contact)
    client.force_login(contact)
    last = client.get(reverse("challenge", args=[submitted.pk])).context["steps"][-1]
    # The history goes by the beginning of the transaction.
    assert abs(last.when - clock.now()) < dt.timedelta(minutes=1)


def test_the_present_contact_person_is_in_the_text(submitted: Challenge, contact: User) -> None:
    changed = change_contact(submitted.pk, **CHANGED, actor=contact)
    revisions = list(changed.revisions.all())
    assert own_content(changed, revisions)["contact_email"] == CHANGED["email"]
    assert revisions[0].content["contact_email"] == contact.email


def test_ones_own_data_tells_what_was_accepted_and_sent(
    draft: Challenge, contact: User, other_contact: User
) -> None:
    add_attachment(draft.pk, upload=upload("Kysely.pdf"), actor=contact)
    submit_challenge(draft.pk, accepted_terms=True, actor=contact)
    mine, others = data_of(contact), data_of(other_contact)
    assert {each["document"] for each in mine["accepted"]} == {"terms", "privacy"}
    assert [each["name"] for each in mine["attachments"]] == ["Kysely.pdf"]
    assert others["accepted"] == others["attachments"] == []
    assert clock.now() >= mine["accepted"][0]["accepted_at"]
