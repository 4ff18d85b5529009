"""Changing the contact person of a submitted challenge."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal.errors import NotAllowed, WrongState
from minno_portal.outbox.models import Letter
from organisations.models import User
from rounds.challenges.afterwards.contact import change_contact
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.challenges.services import end_completion, withdraw_challenge
from rounds.planning.models import Round

NEW: dict[str, Any] = {
    "name": "Uusi Yhdyshenkilö",
    "email": "uusi@example.org",
    "phone": "+358401234567",
    "deputy_name": "",
    "deputy_email": "",
}
TYPED = {
    "contact_name": "Uusi Yhdyshenkilö",
    "contact_email": "uusi@example.org",
    "contact_phone": "040 123 4567",
}


def letters() -> dict[str, Letter]:
    return {
        letter.recipient: letter
        for letter in Letter.objects.filter(kind__in=("contact-new", "contact-old"))
    }


def url(challenge: Challenge) -> str:
    return reverse("challenge-contact", args=[challenge.pk])


class TestService:
    def test_the_new_and_the_old_are_told(self, submitted: Challenge, contact: User) -> None:
        old = submitted.contact_email
        version = submitted.version
        changed = change_contact(submitted.pk, **NEW, actor=contact)
        assert (changed.contact_name, changed.contact_phone) == (NEW["name"], NEW["phone"])
        assert changed.version == version + 1
        sent = letters()
        assert sent.keys() == {old, NEW["email"]}
        assert submitted.title in sent[NEW["email"]].text
        assert reverse("challenge", args=[submitted.pk]) in sent[NEW["email"]].text
        assert reverse("challenge", args=[submitted.pk]) not in sent[old].text
        assert submitted.revisions.get().content["contact_email"] == old

    def test_a_telephone_number_alone_tells_nobody(
        self, submitted: Challenge, contact: User
    ) -> None:
        same = {
            "name": submitted.contact_name,
            "email": submitted.contact_email,
            "deputy_name": "",
            "deputy_email": "",
        }
        change_contact(submitted.pk, **same, phone=NEW["phone"], actor=contact)
        assert not letters()

    def test_a_second_press_changes_nothing(self, submitted: Challenge, contact: User) -> None:
        first = change_contact(submitted.pk, **NEW, actor=contact)
        second = change_contact(submitted.pk, **NEW, actor=contact)
        assert first.version == second.version
        assert len(letters()) == 2

    def test_a_deputy_is_told(self, submitted: Challenge, contact: User) -> None:
        named = {**NEW, "email": submitted.contact_email, "deputy_email": "vara@example.org"}
        change_contact(submitted.pk, **named, actor=contact)
        assert letters().keys() == {"vara@example.org"}

    def test_not_in_a_draft_nor_after_withdrawing(self, draft: Challenge, contact: User) -> None:
        for prepare in (lambda: None, lambda: withdraw_challenge(draft.pk, actor=contact)):
            prepare()
            with pytest.raises(WrongState):
                change_contact(draft.pk, **NEW, actor=contact)

    @pytest.mark.parametrize("who", ["coordinator", "staff", "stranger", "other_contact"])
    def test_only_the_association(
        self, request: pytest.FixtureRequest, submitted: Challenge, who: str
    ) -> None:
        with pytest.raises(NotAllowed):
            change_contact(submitted.pk, **NEW, actor=request.getfixturevalue(who))

    @pytest.mark.parametrize("status", [Status.PROPOSED, Status.NEEDS_COMPLETION])
    def test_at_every_later_point(
        self, submitted: Challenge, contact: User, status: Status
    ) -> None:
        Challenge.objects.filter(pk=submitted.pk).update(status=status)
        assert change_contact(submitted.pk, **NEW, actor=contact).contact_email == NEW["email"]

    def test_ending_the_completion_keeps_the_new_person(
        self, asked: Challenge, contact: User, coordinator: User
    ) -> None:
        change_contact(asked.pk, **NEW, actor=contact)
        assert end_completion(asked.pk, actor=coordinator).contact_email == NEW["email"]


class TestPage:
    def test_changing(
        self, client: Client, submitted: Challenge, contact: User, coordinator: User
    ) -> None:
        client.force_login(contact)
        assert submitted.contact_email in client.get(url(submitted)).content.decode()
        response = client.post(url(submitted), TYPED, follow=True)
        page = response.content.decode()
        assert TYPED["contact_email"] in page
        client.force_login(coordinator)
        review = client.get(reverse("challenge", args=[submitted.pk])).content.decode()
        assert f"mailto:{TYPED['contact_email']}" in review

    def test_what_the_round_does_not_ask_stays(
        self, client: Client, submitted: Challenge, contact: User
    ) -> None:
        Challenge.objects.filter(pk=submitted.pk).update(deputy_name="Varahenkilö")
        Round.objects.update(field_rules={"deputy_name": "hidden"})
        client.force_login(contact)
        assert 'name="deputy_name"' not in client.get(url(submitted)).content.decode()
        client.post(url(submitted), TYPED)
        submitted.refresh_from_db()
        assert submitted.deputy_name == "Varahenkilö"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("contact_name", ""),
            ("contact_name", "n" * 121),
            ("contact_name", "a\x00b"),
            ("contact_email", ""),
            ("contact_email", "ei osoite"),
            ("contact_email", "a@example.org\nbcc: b@example.org"),
            ("contact_email", f"{'a' * 300}@example.org"),
            ("contact_phone", "soita minulle"),
            ("deputy_email", "x@"),
        ],
    )
    def test_what_is_wrong_is_told_at_the_field(
        self, client: Client, submitted: Challenge, contact: User, field: str, value: str
    ) -> None:
        client.force_login(contact)
        response = client.post(url(submitted), {**TYPED, field: value})
        assert response.context["form"].errors.keys() == {field}
        submitted.refresh_from_db()
        assert submitted.contact_email == contact.email

    def test_a_draft_leads_back(self, client: Client, draft: Challenge, contact: User) -> None:
        client.force_login(contact)
        assert client.get(url(draft)).status_code == 302
        assert client.post(url(draft), TYPED).context["form"].non_field_errors()

    def test_others(
        self, client: Client, submitted: Challenge, coordinator: User, stranger: User
    ) -> None:
        for user, status in ((coordinator, 403), (stranger, 404)):
            client.force_login(user)
            assert client.post(url(submitted), TYPED).status_code == status
