"""The last page before the receipt."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from minno_portal.outbox.models import Letter
from organisations.models import Membership, Organisation, User
from rounds.call.terms import TERMS_VERSION
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.models import Round
from tests.rounds.challenges.writing.conftest import FINISHED, TYPED

SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def newcomer(written: Client) -> User:
    """Somebody who has written, signed in with a code, and belongs nowhere yet."""
    user = User.objects.create_user("uusi@example.org")
    written.force_login(user)
    return user


def finish(client: Client, url: str, **changes: Any) -> Any:
    data = {name: value for name, value in {**FINISHED, **changes}.items() if value is not None}
    return client.post(url, data)


class TestNewcomer:
    def test_one_press_makes_everything(
        self, written: Client, newcomer: User, finish_url: str
    ) -> None:
        page = written.get(finish_url).content.decode()
        assert f'value="{newcomer.email}"' in page
        response = finish(written, finish_url)
        challenge = Challenge.objects.get()
        assert response["Location"] == reverse("challenge-receipt", args=[challenge.pk])
        assert challenge.status == Status.SUBMITTED
        assert challenge.organisation.name == FINISHED["name"]
        assert challenge.organisation.awaits_approval
        assert (challenge.contact_name, challenge.terms_version) == ("Maija M.", TERMS_VERSION)
        assert challenge.reference in written.get(response["Location"]).content.decode()
        assert Letter.objects.filter(kind="receipt", recipient=newcomer.email).count() == 1
        newcomer.refresh_from_db()
        assert newcomer.name == "Maija M."

    def test_pressing_twice_gives_once(
        self, written: Client, newcomer: User, finish_url: str
    ) -> None:
        first, second = finish(written, finish_url), finish(written, finish_url)
        assert first["Location"] == second["Location"]
        assert (
            Challenge.objects.count() == Organisation.objects.filter(name=FINISHED["name"]).count()
        )

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"name": ""}, "name"),
            ({"business_id": "1234567-9"}, "business_id"),
            ({"contact_name": ""}, "contact_name"),
            ({"contact_email": "nonsense"}, "contact_email"),
            ({"contact_phone": "abc"}, "contact_phone"),
            ({"accepts_terms": None}, "accepts_terms"),
            ({"name": "\x00"}, "name"),
            ({"name": "x" * 5000}, "name"),
            ({"contact_name": "y" * 10_000}, "contact_name"),
        ],
    )
    def test_a_refusal_is_told_at_the_field_and_nothing_is_made(
        self,
        written: Client,
        newcomer: User,
        finish_url: str,
        changes: dict[str, Any],
        field: str,
    ) -> None:
        response = finish(written, finish_url, **changes)
        assert response.status_code == 200
        assert field in response.context["form"].errors
        assert f'id="div_id_{field}"' in response.content.decode()
        assert not Challenge.objects.exists()
        assert not newcomer.memberships.exists()
        assert TYPED["need"] in response.content.decode()

    def test_what_is_missing_from_the_text_links_back(
        self, client: Client, new_url: str, finish_url: str, stranger: User
    ) -> None:
        client.post(new_url, {**TYPED, "need": "", "go": "finish"})
        client.force_login(stranger)
        for response in (client.get(finish_url), finish(client, finish_url)):
            assert f'href="{new_url}#div_id_need"' in response.content.decode()
        assert not Challenge.objects.exists()
        assert not stranger.memberships.exists()

    def test_everything_in_the_way_is_one_list(
        self, client: Client, new_url: str, finish_url: str, stranger: User
    ) -> None:
        client.post(new_url, {**TYPED, "need": "", "go": "finish"})
        client.force_login(stranger)
        page = finish(client, finish_url, accepts_terms=None, contact_name="").content.decode()
        assert page.count('role="alert" tabindex="-1"') == 1
        assert "3 kohtaa vaatii huomiotanne" in page
        for field in (f"{new_url}#div_id_need", "#id_contact_name", "#id_accepts_terms"):
            assert page.count(f'<li><a href="{field}">') == 1
        page = finish(client, finish_url).content.decode()
        assert "Yksi kohta puuttuu vielä" in page

    def test_a_draft_needs_neither_terms_nor_everything(
        self, client: Client, new_url: str, finish_url: str, stranger: User
    ) -> None:
        client.post(new_url, {"title": "Kesken", "go": "finish"})
        client.force_login(stranger)
        changes = {"accepts_terms": None, "contact_name": "", "go": "draft"}
        response = finish(client, finish_url, **changes)
        draft = Challenge.objects.get()
        assert response["Location"] == reverse("challenge-submit", args=[draft.pk])
        assert (draft.title, draft.status) == ("Kesken", Status.DRAFT)

    def test_a_known_association_is_found_and_awaits_approval(
        self, written: Client, newcomer: User, finish_url: str, association: Organisation
    ) -> None:
        finish(written, finish_url, name="esimerkkiyhdistys")
        assert Challenge.objects.get().organisation == association
        assert Membership.objects.get(user=newcomer).awaits_approval

    def test_several_alike_are_asked_about(
        self, written: Client, newcomer: User, finish_url: str
    ) -> None:
        north = Organisation.objects.create(name="Pohjoinen Kotikäyntiyhdistys ry")
        response = finish(written, finish_url)
        page = response.content.decode()
        assert f'name="chosen" value="{north.pk}"' in page
        assert 'value="Maija M."' in page
        assert not Challenge.objects.exists()
        finish(written, finish_url, chosen=str(north.pk))
        assert Challenge.objects.get().organisation == north

    @pytest.mark.parametrize("chosen", ["0", "999999", "x", "-1", "9" * 60])
    def test_none_of_them_or_nonsense(
        self, written: Client, newcomer: User, finish_url: str, chosen: str
    ) -> None:
        Organisation.objects.create(name="Pohjoinen Kotikäyntiyhdistys ry")
        response = finish(written, finish_url, chosen=chosen)
        assert response.status_code == (302 if chosen == "0" else 200)
        assert Challenge.objects.count() == (chosen == "0")

    def test_an_institutions_name_is_refused_at_the_field(
        self, written: Client, newcomer: User, finish_url: str, school: Organisation
    ) -> None:
        response = finish(written, finish_url, name=school.name)
        assert "name" in response.context["form"].errors

    def test_the_deadline_passing_keeps_the_text_as_a_draft(
        self, written: Client, newcomer: User, finish_url: str, call_round: Round
    ) -> None:
        with clock.playing_at(call_round.call_closes_at + SECOND):
            response = finish(written, finish_url)
            draft = Challenge.objects.get()
            assert response["Location"] == reverse("challenge-submit", args=[draft.pk])
            assert written.get(response["Location"]).context["is_over"]
        assert (draft.status, draft.need) == (Status.DRAFT, TYPED["need"])


class TestOthers:
    def test_a_contact_has_the_organisation_ready(
        self, written: Client, finish_url: str, contact: User, association: Organisation
    ) -> None:
        written.force_login(contact)
        page = written.get(finish_url).content.decode()
        assert association.name in page
        assert 'name="business_id"' not in page
        finish(written, finish_url, organisation=association.pk, contact_email=contact.email)
        assert Challenge.objects.get().organisation == association

    def test_of_two_organisations_one_is_chosen(
        self,
        written: Client,
        finish_url: str,
        contact: User,
        association: Organisation,
        other_association: Organisation,
    ) -> None:
        Membership.objects.create(user=contact, organisation=other_association, role="contact")
        written.force_login(contact)
        assert finish(written, finish_url).status_code == 200
        finish(written, finish_url, organisation=other_association.pk)
        assert Challenge.objects.get().organisation == other_association

    def test_without_a_text_there_is_nothing_to_finish(
        self, client: Client, new_url: str, finish_url: str, contact: User
    ) -> None:
        client.force_login(contact)
        for response in (client.get(finish_url), finish(client, finish_url)):
            assert response["Location"] == new_url

    def test_another_browser_has_nothing_of_it(
        self, written: Client, new_url: str, finish_url: str, contact: User
    ) -> None:
        other = Client()
        other.force_login(contact)
        assert other.get(finish_url)["Location"] == new_url
        assert TYPED["need"] not in other.get(new_url).content.decode()
