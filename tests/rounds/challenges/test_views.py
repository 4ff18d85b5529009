"""One challenge's page: what each kind of person sees, and what never shows."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from minno_portal.workdays import working_day_from
from organisations.models import County, User
from rounds.call.models import SpecificObjective
from rounds.challenges.enums import Status, Visibility
from rounds.challenges.models import Challenge
from rounds.challenges.services import add_comment, save_section, submit_challenge

WEEK = dt.timedelta(weeks=1)


def url(name: str, challenge: Challenge) -> str:
    return reverse(name, args=[challenge.pk])


def page(client: Client, user: User, challenge: Challenge, query: str = "") -> str:
    client.force_login(user)
    response = client.get(url("challenge", challenge) + query)
    assert response.status_code == 200
    return response.content.decode()


def decide(challenge: Challenge, coordinator: User, status: Status, *, told: bool = False) -> None:
    moment = clock.now()
    Challenge.objects.filter(pk=challenge.pk).update(
        status=status,
        decided_at=None if status == Status.PROPOSED else moment,
        decided_by=None if status == Status.PROPOSED else coordinator,
        announced_at=moment if told else None,
    )


class TestSeeing:
    def test_without_signing_in(self, client: Client, submitted: Challenge) -> None:
        response = client.get(url("challenge", submitted))
        assert response.status_code == 302
        assert "next=" in response["Location"]

    def test_strangers_do_not_find_it(
        self, client: Client, submitted: Challenge, stranger: User, other_contact: User
    ) -> None:
        for user in (stranger, other_contact):
            client.force_login(user)
            for name in (
                "challenge",
                "challenge-withdraw",
                "challenge-ask-completion",
                "challenge-submit",
            ):
                assert client.get(url(name, submitted)).status_code == 404

    def test_the_parties_do_not_find_a_draft(
        self, client: Client, draft: Challenge, coordinator: User, staff: User, administrator: User
    ) -> None:
        for user in (coordinator, staff, administrator):
            client.force_login(user)
            assert client.get(url("challenge", draft)).status_code == 404

    def test_the_parties_read_a_submitted_one(
        self,
        client: Client,
        submitted: Challenge,
        coordinator: User,
        staff: User,
        administrator: User,
    ) -> None:
        for user in (coordinator, staff, administrator):
            text = page(client, user, submitted)
            assert submitted.reference in text
            assert submitted.need in text

    @pytest.mark.parametrize(
        "status", [Status.PROPOSED, Status.CONFIRMED, Status.RESERVE, Status.NOT_SELECTED]
    )
    def test_the_association_cannot_tell_an_untold_decision(
        self, client: Client, submitted: Challenge, contact: User, coordinator: User, status: Status
    ) -> None:
        decide(submitted, coordinator, Status.PROPOSED)
        as_proposed = page(client, contact, submitted)
        decide(submitted, coordinator, status)
        assert without_tokens(page(client, contact, submitted)) == without_tokens(as_proposed)

    def test_the_told_decision_shows(
        self, client: Client, submitted: Challenge, contact: User, coordinator: User
    ) -> None:
        decide(submitted, coordinator, Status.NOT_SELECTED, told=True)
        text = page(client, contact, submitted)
        assert "status-not_selected" in text
        assert url("challenge-withdraw", submitted) not in text

    def test_while_completing_the_parties_read_the_submitted_version(
        self, client: Client, asked: Challenge, contact: User, coordinator: User
    ) -> None:
        old = asked.need
        save_section(
            asked.pk,
            section="challenge",
            values={"need": "Keskeneräinen ajatus"},
            version=None,
            actor=contact,
        )
        assert old in page(client, coordinator, asked)
        assert "Keskeneräinen ajatus" not in page(client, coordinator, asked)
        assert "Keskeneräinen ajatus" in page(client, contact, asked)
        submit_challenge(asked.pk, accepted_terms=False, actor=contact)
        assert "Keskeneräinen ajatus" in page(client, coordinator, asked)
        assert old in page(client, coordinator, asked, "?version=1")

    @pytest.mark.parametrize("version", ["0", "99", "x", "9" * 50, "%00", "-1", "²"])
    def test_a_version_that_is_none(
        self, client: Client, submitted: Challenge, coordinator: User, version: str
    ) -> None:
        assert submitted.need in page(client, coordinator, submitted, f"?version={version}")

    def test_queries_do_not_grow(
        self,
        client: Client,
        submitted: Challenge,
        contact: User,
        coordinator: User,
        django_assert_num_queries: object,
    ) -> None:
        for user, queries in ((contact, 10), (coordinator, 10)):
            client.force_login(user)
            client.get(url("challenge", submitted))
            for _more in (1, 3):
                with django_assert_num_queries(queries):  # type: ignore[operator]
                    client.get(url("challenge", submitted))
                for number in range(2):
                    add_comment(
                        submitted.pk,
                        body=f"{user} {_more} {number}",
                        visibility=Visibility.ASSOCIATION,
                        actor=user,
                    )

    def test_areas_and_funding_cost_two_queries_more(
        self,
        client: Client,
        draft: Challenge,
        contact: User,
        coordinator: User,
        django_assert_num_queries: object,
    ) -> None:
        objective = SpecificObjective.objects.select_related("fund").first()
        assert objective is not None
        Challenge.objects.filter(pk=draft.pk).update(
            is_national=False, funding_thought="fund", fund=objective.fund, objective=objective
        )
        draft.counties.set(County.objects.all()[:3])
        submit_challenge(draft.pk, accepted_terms=True, actor=contact)
        for user, queries in ((contact, 12), (coordinator, 12)):
            assert objective.name in page(client, user, draft)
            with django_assert_num_queries(queries):  # type: ignore[operator]
                client.get(url("challenge", draft))


def without_tokens(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line)


class TestWithdraw:
    def test_it_asks_first(self, client: Client, submitted: Challenge, contact: User) -> None:
        client.force_login(contact)
        assert client.get(url("challenge-withdraw", submitted)).status_code == 200
        submitted.refresh_from_db()
        assert submitted.status == Status.SUBMITTED

        response = client.post(url("challenge-withdraw", submitted), follow=True)
        submitted.refresh_from_db()
        assert submitted.status == Status.WITHDRAWN
        assert "status-withdrawn" in response.content.decode()

    def test_a_second_time_it_only_shows_the_situation(
        self, client: Client, submitted: Challenge, contact: User
    ) -> None:
        client.force_login(contact)
        client.post(url("challenge-withdraw", submitted))
        assert client.get(url("challenge-withdraw", submitted)).status_code == 302
        assert client.post(url("challenge-withdraw", submitted)).status_code == 302

    def test_not_by_the_parties(
        self, client: Client, submitted: Challenge, coordinator: User, staff: User
    ) -> None:
        for user in (coordinator, staff):
            client.force_login(user)
            assert client.post(url("challenge-withdraw", submitted)).status_code == 403


class TestComment:
    def test_each_side_chooses_among_its_own(
        self, client: Client, submitted: Challenge, contact: User, coordinator: User
    ) -> None:
        assert 'value="parties"' not in page(client, contact, submitted)
        assert 'value="parties"' in page(client, coordinator, submitted)

    def test_it_is_added_and_shown(
        self, client: Client, submitted: Challenge, contact: User, coordinator: User, staff: User
    ) -> None:
        client.force_login(coordinator)
        data = {"body": "Sisäinen huomio", "visibility": "parties"}
        response = client.post(url("challenge-comment", submitted), data)
        assert response["Location"].endswith("#comments")
        assert "Sisäinen huomio" in page(client, staff, submitted)
        assert "Sisäinen huomio" not in page(client, contact, submitted)

    def test_the_association_cannot_forge_a_visibility(
        self, client: Client, submitted: Challenge, contact: User
    ) -> None:
        client.force_login(contact)
        for visibility in ("parties", "everyone", ""):
            data = {"body": "Hei", "visibility": visibility}
            assert client.post(url("challenge-comment", submitted), data).status_code == 200
        assert not submitted.comments.exists()

    def test_what_cannot_be_saved_stays_in_the_box(
        self, client: Client, submitted: Challenge, coordinator: User
    ) -> None:
        client.force_login(coordinator)
        response = client.post(url("challenge-comment", submitted), {"body": "Kenelle näkyy?"})
        assert "Kenelle näkyy?" in response.content.decode()
        assert response.context["comment_form"].errors.keys() == {"visibility"}

    def test_not_by_an_administrator_nor_by_get(
        self, client: Client, submitted: Challenge, administrator: User
    ) -> None:
        client.force_login(administrator)
        assert client.get(url("challenge-comment", submitted)).status_code == 405
        data = {"body": "Hei", "visibility": "association"}
        assert client.post(url("challenge-comment", submitted), data).status_code == 403


class TestCompletion:
    def test_a_week_is_offered_and_the_association_named(
        self, client: Client, submitted: Challenge, coordinator: User
    ) -> None:
        client.force_login(coordinator)
        text = client.get(url("challenge-ask-completion", submitted)).content.decode()
        assert working_day_from(clock.today() + WEEK).isoformat() in text
        assert submitted.organisation.shown_name in text

    def test_asking(self, client: Client, submitted: Challenge, coordinator: User) -> None:
        client.force_login(coordinator)
        data = {"comment": "Ketkä käyvät?", "due_on": (clock.today() + WEEK).isoformat()}
        response = client.post(url("challenge-ask-completion", submitted), data)
        assert response["Location"] == url("challenge", submitted)
        submitted.refresh_from_db()
        assert submitted.status == Status.NEEDS_COMPLETION

    @pytest.mark.parametrize("due_on", ["", "x", "2001-01-01", "99999-01-01", "\x00"])
    def test_a_wrong_date_keeps_the_comment(
        self, client: Client, submitted: Challenge, coordinator: User, due_on: str
    ) -> None:
        client.force_login(coordinator)
        data = {"comment": "Ketkä käyvät?", "due_on": due_on}
        response = client.post(url("challenge-ask-completion", submitted), data)
        assert response.status_code == 200
        assert "Ketkä käyvät?" in response.content.decode()
        submitted.refresh_from_db()
        assert submitted.status == Status.SUBMITTED

    def test_only_the_coordinator(
        self, client: Client, submitted: Challenge, asked: Challenge, contact: User, staff: User
    ) -> None:
        for user in (contact, staff):
            client.force_login(user)
            assert client.get(url("challenge-ask-completion", submitted)).status_code == 403
            assert client.post(url("challenge-end-completion", asked)).status_code == 403

    def test_ending(self, client: Client, asked: Challenge, coordinator: User) -> None:
        client.force_login(coordinator)
        for _press in range(2):
            assert client.post(url("challenge-end-completion", asked)).status_code == 302
        asked.refresh_from_db()
        assert asked.status == Status.SUBMITTED

    def test_a_proposed_challenge_is_past_it(
        self, client: Client, submitted: Challenge, coordinator: User
    ) -> None:
        decide(submitted, coordinator, Status.PROPOSED)
        client.force_login(coordinator)
        assert client.get(url("challenge-ask-completion", submitted)).status_code == 302
