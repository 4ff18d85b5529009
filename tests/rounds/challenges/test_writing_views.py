"""The association's way through the form."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from organisations.models import User
from rounds.call.questions.standard import SECTIONS
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.challenges.services import save_section

SECOND = dt.timedelta(seconds=1)


def edit_url(challenge: Challenge, section: str = "challenge") -> str:
    return reverse("challenge-edit", args=[challenge.pk, section])


def text_of(challenge: Challenge, **changes: Any) -> dict[str, Any]:
    """Return what the browser posts of the section "challenge" as it stands, with changes."""
    names = SECTIONS[1].fields
    return (
        {name: getattr(challenge, name) for name in names}
        | {"version": challenge.version}
        | changes
    )


class TestEdit:
    @pytest.mark.parametrize("section", [section.key for section in SECTIONS])
    def test_every_section_opens_and_saves_as_it_stands(
        self, client: Client, draft: Challenge, contact: User, section: str
    ) -> None:
        client.force_login(contact)
        response = client.get(edit_url(draft, section))
        assert response.status_code == 200
        form = response.context["form"]
        data = {
            bound.html_name: bound.value()
            for bound in form
            if bound.value() not in (None, False, "")
        }
        response = client.post(edit_url(draft, section), data)
        assert response.status_code == 302
        draft.refresh_from_db()
        assert draft.title == "Yksinäisyyden varhainen tunnistaminen"
        assert draft.is_national

    def test_strangers_and_parties_do_not_find_the_draft(
        self, client: Client, draft: Challenge, other_contact: User, coordinator: User, staff: User
    ) -> None:
        assert client.get(edit_url(draft)).status_code == 302
        for user in (other_contact, coordinator, staff):
            client.force_login(user)
            assert client.get(edit_url(draft)).status_code == 404

    def test_the_coordinator_never_edits(
        self, client: Client, asked: Challenge, coordinator: User
    ) -> None:
        client.force_login(coordinator)
        assert client.get(edit_url(asked)).status_code == 403
        assert client.post(edit_url(asked), text_of(asked, title="Minun")).status_code == 403

    @pytest.mark.parametrize(
        ("go", "section"),
        [("", "team"), ("stay", "challenge"), ("contact", "contact"), ("nonsense", "team")],
    )
    def test_the_pressed_button_says_where_to(
        self, client: Client, draft: Challenge, contact: User, go: str, section: str
    ) -> None:
        client.force_login(contact)
        response = client.post(edit_url(draft), text_of(draft, title="Uusi", go=go))
        assert response["Location"] == edit_url(draft, section)
        draft.refresh_from_db()
        assert draft.title == "Uusi"

    def test_preview_saves_too(self, client: Client, draft: Challenge, contact: User) -> None:
        client.force_login(contact)
        response = client.post(edit_url(draft), text_of(draft, title="Uusi", go="check"))
        assert response["Location"] == reverse("challenge-submit", args=[draft.pk])
        assert "Uusi" in client.get(response["Location"]).content.decode()

    def test_an_unknown_section_is_not_there(
        self, client: Client, draft: Challenge, contact: User
    ) -> None:
        client.force_login(contact)
        assert client.get(edit_url(draft, "secrets")).status_code == 404
        assert client.get(edit_url(draft, "check")).status_code == 302

    def test_a_long_paste_stays_on_the_page(
        self, client: Client, draft: Challenge, contact: User
    ) -> None:
        client.force_login(contact)
        paste = "pitkä teksti\r\n" * 800
        response = client.post(edit_url(draft), text_of(draft, summary=paste, need=paste))
        assert response.status_code == 200
        form = response.context["form"]
        assert form.errors.keys() == {"summary", "need"}
        assert response.content.decode().count("pitkä teksti") >= 1600
        assert 'href="#id_summary"' in response.content.decode()
        assert "maxlength" not in str(form["summary"])

    def test_a_line_break_counts_as_one_character(
        self, client: Client, draft: Challenge, contact: User
    ) -> None:
        client.force_login(contact)
        text = "\r\n".join("rivi" for _ in range(100))  # 400 letters and 99 breaks
        assert client.post(edit_url(draft), text_of(draft, summary=text)).status_code == 302
        draft.refresh_from_db()
        assert len(draft.summary) == 499

    def test_the_deadline_passing_mid_typing_loses_nothing(
        self, client: Client, draft: Challenge, contact: User
    ) -> None:
        client.force_login(contact)
        with clock.playing_at(draft.round.call_closes_at + SECOND):
            response = client.post(
                edit_url(draft), text_of(draft, title="Ehdin melkein", go="stay")
            )
            assert response.status_code == 302
            page = client.get(response["Location"])
        draft.refresh_from_db()
        assert (draft.title, draft.status) == ("Ehdin melkein", Status.DRAFT)
        assert page.context["is_over"]
        assert "notice-due" in page.content.decode()

    def test_two_tabs_show_both_texts_and_saving_again_replaces(
        self, client: Client, draft: Challenge, contact: User, colleague: User
    ) -> None:
        client.force_login(contact)
        save_section(
            draft.pk,
            section="challenge",
            values={"title": "Kollegan otsikko"},
            version=1,
            actor=colleague,
        )
        response = client.post(edit_url(draft), text_of(draft, title="Minun otsikkoni"))
        page = response.content.decode()
        assert response.status_code == 200
        assert "Kollegan otsikko" in page
        assert 'value="Minun otsikkoni"' in page
        assert re.search(r'<input[^>]* name="version"[^>]* value="2"', page)
        draft.refresh_from_db()
        assert draft.title == "Kollegan otsikko"

        version = response.context["form"]["version"].value()
        client.post(edit_url(draft), text_of(draft, title="Minun otsikkoni", version=version))
        draft.refresh_from_db()
        assert draft.title == "Minun otsikkoni"

    def test_submitted_elsewhere_the_typed_text_stays_on_the_page(
        self, client: Client, submitted: Challenge, contact: User
    ) -> None:
        client.force_login(contact)
        response = client.post(edit_url(submitted), text_of(submitted, title="Vielä tämä"))
        assert response.status_code == 200
        assert "Vielä tämä" in response.content.decode()
        assert client.get(edit_url(submitted)).status_code == 302

    def test_the_coordinators_comment_stands_beside(
        self, client: Client, asked: Challenge, contact: User
    ) -> None:
        client.force_login(contact)
        assert "Ketkä tekevät kotikäynnit?" in client.get(edit_url(asked)).content.decode()
