"""Signed out, overtaken, too late or too long: what was typed in a section is still there."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.sessions.models import Session
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from organisations.models import County, User
from rounds.call.questions.standard import SECTIONS
from rounds.challenges.merging import changes_to_save
from rounds.challenges.models import Challenge
from rounds.challenges.section_forms import section_form
from rounds.challenges.services import save_section
from rounds.challenges.writing.saving import posted_values

SECOND = dt.timedelta(seconds=1)
AUTOSAVE = {"x-autosave": "1"}
TEXTS = {section.key: section for section in SECTIONS}["challenge"].fields


def edit_url(challenge: Challenge, section: str = "challenge") -> str:
    return reverse("challenge-edit", args=[challenge.pk, section])


def text_of(challenge: Challenge, **changes: Any) -> dict[str, Any]:
    names = [name for name in TEXTS if getattr(challenge, name)]
    return {name: getattr(challenge, name) for name in names} | {"version": 1} | changes


class TestSignedOut:
    def test_what_was_typed_waits_for_the_return(
        self, client: Client, draft: Challenge, contact: User
    ) -> None:
        response = client.post(edit_url(draft), text_of(draft, title="Kesken jäänyt"))
        assert f"next={quote(edit_url(draft))}" in response["Location"]
        client.force_login(contact)
        page = client.get(edit_url(draft))
        assert page.context["is_unsaved"]
        assert 'value="Kesken jäänyt"' in page.content.decode()
        client.post(edit_url(draft), text_of(draft, title="Kesken jäänyt", go="stay"))
        draft.refresh_from_db()
        assert draft.title == "Kesken jäänyt"
        assert "is_unsaved" not in client.get(edit_url(draft)).context

    def test_it_can_be_thrown_away(self, client: Client, draft: Challenge, contact: User) -> None:
        client.post(edit_url(draft), text_of(draft, title="Turha"))
        client.force_login(contact)
        client.post(edit_url(draft), text_of(draft, title="Turha", take="stored"))
        assert draft.title in client.get(edit_url(draft)).content.decode()

    def test_nobody_else_gets_it(
        self, client: Client, draft: Challenge, other_contact: User
    ) -> None:
        client.post(edit_url(draft), text_of(draft, title="Salainen"))
        client.force_login(other_contact)
        assert client.get(edit_url(draft)).status_code == 404

    @pytest.mark.parametrize(
        "address", ["/challenges/999999/edit/challenge/", "/challenges/{pk}/edit/secrets/"]
    )
    def test_what_is_not_there_looks_the_same_and_keeps_nothing(
        self, client: Client, draft: Challenge, address: str
    ) -> None:
        response = client.post(address.format(pk=draft.pk), {"title": "x"})
        assert "/accounts/login/" in response["Location"]
        assert not Session.objects.exists()

    def test_the_script_is_told_where_to_sign_in(self, client: Client, draft: Challenge) -> None:
        response = client.post(edit_url(draft), text_of(draft), headers=AUTOSAVE)
        assert response.status_code == 401
        assert quote(edit_url(draft)) in response.json()["sign_in"]

    def test_a_page_of_another_person_is_not_saved_as_mine(
        self, client: Client, draft: Challenge, contact: User, colleague: User
    ) -> None:
        client.force_login(colleague)
        headers = {**AUTOSAVE, "x-writer": str(contact.pk)}
        data = text_of(draft, title="Kirjoittajan")
        assert client.post(edit_url(draft), data, headers=headers).status_code == 401
        draft.refresh_from_db()
        assert draft.title != "Kirjoittajan"


class TestAutosave:
    def save(self, client: Client, draft: Challenge, **changes: Any) -> Any:
        return client.post(edit_url(draft), text_of(draft, **changes), headers=AUTOSAVE)

    def test_it_saves_and_tells_the_time_and_version(
        self, client: Client, draft: Challenge, contact: User
    ) -> None:
        client.force_login(contact)
        told = self.save(client, draft, title="Uusi").json()
        draft.refresh_from_db()
        assert draft.title == "Uusi"
        assert told["version"] == draft.version == 2
        assert told["errors"] == {}
        assert "challenge" in told["done"]

    def test_what_is_right_is_saved_and_what_is_wrong_is_kept(
        self, client: Client, draft: Challenge, contact: User
    ) -> None:
        client.force_login(contact)
        paste = "pitkä teksti\n" * 800
        told = self.save(client, draft, title="Uusi", summary=paste).json()
        assert told["errors"].keys() == {"summary"}
        draft.refresh_from_db()
        assert draft.title == "Uusi"
        page = client.get(edit_url(draft))
        assert page.content.decode().count("pitkä teksti") == 800
        self.save(client, draft, title="Uusi", summary="Lyhyt", version=2)
        assert "is_unsaved" not in client.get(edit_url(draft)).context

    def test_a_colleagues_other_field_comes_along(
        self, client: Client, draft: Challenge, contact: User, colleague: User
    ) -> None:
        client.force_login(contact)
        save_section(
            draft.pk,
            section="challenge",
            values={"need": "Kollegan tarve"},
            version=1,
            actor=colleague,
        )
        told = self.save(client, draft, title="Minun").json()
        assert told["newer"]["need"] == ["Kollegan tarve"]
        assert told["newer"]["hoped_outputs"] == ["concept"]
        draft.refresh_from_db()
        assert (draft.title, draft.need) == ("Minun", "Kollegan tarve")

    def test_a_conflict_shows_both_and_saves_neither_before_it_is_settled(
        self, client: Client, draft: Challenge, contact: User, colleague: User
    ) -> None:
        client.force_login(contact)
        save_section(
            draft.pk,
            section="challenge",
            values={"title": "Kollegan <b>otsikko</b>"},
            version=1,
            actor=colleague,
        )
        response = self.save(client, draft, title="Minun", need="Minun tarve")
        told = response.json()
        assert response.status_code == 409
        assert "Kollegan &lt;b&gt;otsikko" in told["html"]
        assert "Minun" in told["html"]
        assert "Minun tarve" not in told["html"]
        client.post(
            edit_url(draft),
            text_of(
                draft,
                title="Minun",
                need="Minun tarve",
                version=told["version"],
                differing="title",
                take="newer",
            ),
        )
        draft.refresh_from_db()
        assert (draft.title, draft.need) == ("Kollegan <b>otsikko</b>", "Minun tarve")

    def test_after_the_deadline_it_still_keeps_the_draft(
        self, client: Client, draft: Challenge, contact: User
    ) -> None:
        client.force_login(contact)
        with clock.playing_at(draft.round.call_closes_at + SECOND):
            assert self.save(client, draft, title="Myöhässä").status_code == 200
        draft.refresh_from_db()
        assert draft.title == "Myöhässä"

    def test_once_submitted_it_says_so(
        self, client: Client, submitted: Challenge, contact: User
    ) -> None:
        client.force_login(contact)
        response = self.save(client, submitted, title="Vielä")
        assert response.status_code == 409
        assert response.json()["message"]

    @pytest.mark.parametrize(
        "data",
        [
            {"version": "x"},
            {"version": "-5"},
            {"version": "9" * 30},
            {"title": "\x00"},
            {"title": "x" * 100_000},
            {"need": "y" * 200_000},
            {"hoped_outputs": "nonsense"},
            {"hoped_outputs": ""},
        ],
    )
    def test_odd_values_are_no_error_of_ours(
        self, client: Client, draft: Challenge, contact: User, data: dict[str, Any]
    ) -> None:
        client.force_login(contact)
        assert self.save(client, draft, **data).status_code in (200, 409)


class TestPostedValues:
    def test_a_form_that_is_posted_as_it_stands_changes_nothing(
        self, client: Client, draft: Challenge, contact: User
    ) -> None:
        draft.support_hours = Decimal("2.5")
        draft.is_national = False
        draft.save()
        draft.counties.set(County.objects.all()[:2])
        draft.refresh_from_db()
        for section in SECTIONS:
            form = section_form(draft, section.key)
            data = posted_values(form, form.fields.keys())
            bound = section_form(draft, section.key, as_data(data))
            assert bound.is_valid(), bound.errors
            assert not changes_to_save(draft, bound.values, None), section.key


def as_data(values: dict[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, each in values.items():
        data.setlist(name, each)
    return data


class TestWhoSaved:
    def test_a_colleague_is_named_and_oneself_is_not(
        self, client: Client, draft: Challenge, contact: User, colleague: User
    ) -> None:
        values = {"title": "Uusi"}
        save_section(draft.pk, section="challenge", values=values, version=1, actor=colleague)
        client.force_login(contact)
        assert colleague.name in client.get(edit_url(draft)).context["saved"]
        client.force_login(colleague)
        assert colleague.name not in client.get(edit_url(draft)).context["saved"]


class TestPreview:
    def test_the_association_reads_it_as_a_brief(
        self, client: Client, draft: Challenge, contact: User
    ) -> None:
        client.force_login(contact)
        page = client.get(reverse("challenge-preview", args=[draft.pk])).content.decode()
        for text in (draft.title, draft.summary, draft.need, draft.contact_email):
            assert text in page

    def test_strangers_do_not_find_it(
        self, client: Client, draft: Challenge, other_contact: User, coordinator: User
    ) -> None:
        for user in (other_contact, coordinator):
            client.force_login(user)
            url = reverse("challenge-preview", args=[draft.pk])
            assert client.get(url).status_code == 404
