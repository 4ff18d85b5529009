"""Writing first, before anybody knows who writes."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from organisations.models import Membership, Organisation, User
from rounds.challenges.enums import Status
from rounds.challenges.helping.models import LatePermission
from rounds.challenges.models import Challenge
from rounds.models import Round
from tests.organisations.conftest import sign_in_by_code
from tests.rounds.challenges.writing.conftest import TYPED

SECOND = dt.timedelta(seconds=1)
AUTOSAVE = {"x-autosave": "1"}
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "formula": "=HYPERLINK('http://evil')",
    "bidi": "\u202eabc\u2066",
    "emoji": "👩‍👩‍👧 " * 30,
    "template": "{{ request.session }}{% debug %}",
    "surrogate": "\ufffe\uffff",
}


def autosave(client: Client, url: str, data: dict[str, Any]) -> Any:
    return client.post(url, data, headers=AUTOSAVE)


class TestAnonymous:
    def test_the_whole_form_is_open_and_is_not_kept_by_anybody(
        self, client: Client, new_url: str
    ) -> None:
        response = client.get(new_url)
        page = response.content.decode()
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        for name in ("title", "need", "support_hours", "counties", "may_publish"):
            assert f'name="{name}"' in page
        assert 'name="contact_name"' not in page
        assert not Session.objects.exists()

    def test_saving_keeps_and_shows_again(self, client: Client, new_url: str) -> None:
        response = client.post(new_url, {"title": "Kesken", "go": "stay"})
        assert response["Location"] == new_url
        assert 'value="Kesken"' in client.get(new_url).content.decode()
        assert not Challenge.objects.exists()

    def test_going_on_asks_to_sign_in_and_comes_back(
        self, written: Client, finish_url: str
    ) -> None:
        response = written.get(finish_url)
        assert response.status_code == 302
        assert f"next={quote(finish_url)}" in response["Location"]

    def test_signing_in_with_a_code_keeps_what_was_typed(
        self, written: Client, new_url: str, finish_url: str
    ) -> None:
        answer = sign_in_by_code(written, "uusi@example.org", finish_url)
        assert answer["Location"] == finish_url
        assert TYPED["title"] in written.get(finish_url).content.decode()
        assert TYPED["need"] in written.get(new_url).content.decode()

    def test_what_is_wrong_is_told_and_stays(self, client: Client, new_url: str) -> None:
        paste = "pitkä teksti\r\n" * 800
        response = client.post(new_url, {**TYPED, "summary": paste, "go": "finish"})
        assert response.status_code == 200
        assert response.context["form"].errors.keys() == {"summary"}
        assert 'href="#id_summary"' in response.content.decode()
        assert client.get(new_url).content.decode().count("pitkä teksti") == 800

    @pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
    def test_odd_text_comes_back_as_it_was(self, client: Client, new_url: str, text: str) -> None:
        response = client.post(new_url, {"need": text, "go": "stay"}, follow=True)
        assert response.status_code == 200
        assert response.context["form"].sections[0]["need"].value() == text
        assert "<script>alert" not in response.content.decode()

    @pytest.mark.parametrize(
        "data",
        [
            {"title": "\x00"},
            {"counties": ["\x00", "99", "x"]},
            {"support_hours": "9" * 400},
            {"hoped_outputs": ["nonsense"] * 40},
            {"fund": "' or 1=1"},
            {"number": "9" * 40},
            {"number": "-1"},
            {"is_national": "<b>"},
        ],
    )
    def test_odd_values_are_no_error_of_ours(
        self, client: Client, new_url: str, data: dict[str, Any]
    ) -> None:
        for go in ("stay", "finish", "preview", "\x00"):
            assert client.post(new_url, {**data, "go": go}, follow=True).status_code == 200
        assert autosave(client, new_url, data).status_code in (200, 409)

    def test_more_than_any_form_takes_is_refused_and_stays_on_the_page(
        self, client: Client, new_url: str
    ) -> None:
        response = client.post(new_url, {"need": "x" * 100_001, "go": "stay"})
        assert response.status_code == 200
        assert response.context["refusal"]
        assert len(response.context["form"].sections[0]["need"].value()) == 100_001
        assert autosave(client, new_url, {"need": "x" * 100_001}).status_code == 409

    def test_two_windows_show_both_texts(self, client: Client, new_url: str) -> None:
        client.post(new_url, {"title": "Ensimmäinen", "number": "", "go": "stay"})
        for window in ("Toinen", "Kolmas"):
            response = client.post(new_url, {"title": window, "number": "1", "go": "stay"})
        page = response.content.decode()
        assert response.status_code == 200
        assert "Toinen" in page
        assert 'value="Kolmas"' in page
        assert 'name="number" value="2"' in page
        client.post(new_url, {"title": "Kolmas", "number": "2", "take": "newer"})
        assert 'value="Toinen"' in client.get(new_url).content.decode()
        client.post(new_url, {"title": "Kolmas", "number": "2", "take": "mine"})
        assert 'value="Kolmas"' in client.get(new_url).content.decode()

    def test_preview_shows_what_is_typed(self, client: Client, new_url: str) -> None:
        url = reverse("challenge-new-preview", args=[new_url.split("/")[-2]])
        assert client.get(url)["Location"] == new_url
        page = client.post(new_url, {**TYPED, "go": "preview"}, follow=True)
        assert TYPED["need"] in page.content.decode()


class TestAutosave:
    def test_it_keeps_and_tells_the_time(self, client: Client, new_url: str) -> None:
        told = autosave(client, new_url, {**TYPED, "summary": "x" * 501}).json()
        assert told["version"] == 1
        assert told["errors"].keys() == {"summary"}
        assert "challenge" not in told["done"]
        assert clock.now().strftime("%M") in told["saved"] or told["saved"]
        again = autosave(client, new_url, {**TYPED, "number": "1"}).json()
        assert again["version"] == 2
        assert {"challenge", "team"} <= set(again["done"])

    def test_another_window_is_shown_not_overwritten(self, client: Client, new_url: str) -> None:
        autosave(client, new_url, {"title": "Toinen ikkuna"})
        autosave(client, new_url, {"title": "Toinen ikkuna vielä", "number": "1"})
        response = autosave(client, new_url, {"title": "Minun", "number": "1"})
        assert response.status_code == 409
        assert "Toinen ikkuna vielä" in response.json()["html"]
        assert "Minun" in response.json()["html"]
        assert response.json()["version"] == 2


class TestClosing:
    def test_a_closed_call_says_so(self, client: Client, call_round: Round, new_url: str) -> None:
        with clock.playing_at(call_round.call_closes_at + SECOND):
            page = client.get(new_url).content.decode()
        assert 'name="title"' not in page

    def test_the_deadline_passing_mid_typing_loses_nothing(
        self, client: Client, call_round: Round, new_url: str, contact: User
    ) -> None:
        with clock.playing_at(call_round.call_closes_at + SECOND):
            response = client.post(new_url, {**TYPED, "go": "stay"}, follow=True)
            assert TYPED["need"] in response.content.decode()
            assert response.context["is_over"]
            assert autosave(client, new_url, {**TYPED, "number": "1"}).status_code == 200
            client.force_login(contact)
            client.post(
                new_url, {**TYPED, "organisation": contact.memberships.get().organisation_id}
            )
        draft = Challenge.objects.get()
        assert (draft.title, draft.status) == (TYPED["title"], Status.DRAFT)

    def test_a_late_permission_opens_the_page(
        self,
        client: Client,
        call_round: Round,
        new_url: str,
        contact: User,
        association: Organisation,
        coordinator: User,
    ) -> None:
        LatePermission.objects.create(
            round=call_round,
            organisation=association,
            until=call_round.call_closes_at + dt.timedelta(days=2),
            granted_by=coordinator,
        )
        client.force_login(contact)
        with clock.playing_at(call_round.call_closes_at + SECOND):
            response = client.get(new_url)
        assert 'name="title"' in response.content.decode()
        assert not response.context["is_over"]

    def test_an_unpublished_round_is_not_there(
        self, client: Client, new_url: str, finish_url: str, contact: User
    ) -> None:
        Round.objects.update(published_at=None)
        for url in (new_url, f"{new_url}preview/"):
            assert client.get(url).status_code == 404
            client.force_login(contact)
            assert client.get(finish_url).status_code == 404


class TestSignedIn:
    def test_saving_makes_a_draft_and_a_second_press_finds_it(
        self, client: Client, new_url: str, association: Organisation, contact: User
    ) -> None:
        client.force_login(contact)
        assert association.name in client.get(new_url).content.decode()
        for _press in range(2):
            response = client.post(new_url, {**TYPED, "organisation": association.pk, "go": "stay"})
        draft = Challenge.objects.get()
        assert response["Location"] == reverse("challenge-edit", args=[draft.pk, "challenge"])
        assert draft.need == TYPED["need"]
        assert draft.contact_email == contact.email
        assert 'value="Yksin' not in client.get(new_url).content.decode()
        assert str(draft) in client.get(new_url).content.decode()

    def test_going_on_leads_to_submitting(
        self, client: Client, new_url: str, association: Organisation, contact: User
    ) -> None:
        client.force_login(contact)
        data = {**TYPED, "organisation": association.pk, "go": "finish"}
        response = client.post(new_url, data)
        draft = Challenge.objects.get()
        assert response["Location"] == reverse("challenge-submit", args=[draft.pk])
        assert draft.is_national
        assert str(draft.support_hours) == "2.5"

    def test_who_belongs_to_two_chooses_one(
        self,
        client: Client,
        new_url: str,
        association: Organisation,
        other_association: Organisation,
        contact: User,
    ) -> None:
        Membership.objects.create(user=contact, organisation=other_association, role="contact")
        client.force_login(contact)
        assert client.get(new_url).content.decode().count('name="organisation"') == 2
        response = client.post(new_url, {**TYPED, "go": "stay"})
        assert response.status_code == 200
        assert TYPED["need"] in response.content.decode()
        client.post(new_url, {**TYPED, "organisation": other_association.pk, "go": "stay"})
        assert Challenge.objects.get().organisation == other_association

    @pytest.mark.parametrize("organisation", ["", "0", "x", "9" * 40, "\x00"])
    def test_only_an_own_organisation(
        self, client: Client, new_url: str, contact: User, organisation: str
    ) -> None:
        client.force_login(contact)
        response = client.post(new_url, {**TYPED, "organisation": organisation, "go": "stay"})
        assert response.status_code == 200
        assert not Challenge.objects.exists()

    def test_a_person_without_an_organisation_goes_to_the_last_page(
        self, client: Client, new_url: str, finish_url: str, stranger: User
    ) -> None:
        client.force_login(stranger)
        assert client.post(new_url, {**TYPED, "go": "finish"})["Location"] == finish_url
