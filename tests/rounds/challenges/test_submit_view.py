"""Checking and submitting."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from minno_portal import clock
from organisations.models import User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge


def edit_url(challenge: Challenge, section: str = "challenge") -> str:
    return reverse("challenge-edit", args=[challenge.pk, section])


class TestSubmit:
    def test_missing_points_link_to_their_fields(
        self, client: Client, draft: Challenge, contact: User
    ) -> None:
        Challenge.objects.filter(pk=draft.pk).update(change_sought="")
        client.force_login(contact)
        url = reverse("challenge-submit", args=[draft.pk])
        for response in (client.get(url), client.post(url, {"accepts_terms": "on"})):
            assert f"{edit_url(draft)}#div_id_change_sought" in response.content.decode()
        draft.refresh_from_db()
        assert draft.status == Status.DRAFT

    def test_terms_are_asked(self, client: Client, draft: Challenge, contact: User) -> None:
        client.force_login(contact)
        response = client.post(reverse("challenge-submit", args=[draft.pk]), {})
        assert response.context["form"].errors.keys() == {"accepts_terms"}

    def test_missing_points_and_terms_are_one_list(
        self, client: Client, draft: Challenge, contact: User
    ) -> None:
        Challenge.objects.filter(pk=draft.pk).update(change_sought="")
        client.force_login(contact)
        page = client.post(reverse("challenge-submit", args=[draft.pk]), {}).content.decode()
        assert page.count('role="alert" tabindex="-1"') == 1
        assert page.count('<li><a href="#id_accepts_terms">Hyväksykää ehdot') == 1

    def test_submitting_twice_shows_the_receipt_twice(
        self, client: Client, draft: Challenge, contact: User
    ) -> None:
        client.force_login(contact)
        url = reverse("challenge-submit", args=[draft.pk])
        for _press in range(2):
            response = client.post(url, {"accepts_terms": "on"}, follow=True)
            page = response.content.decode()
            draft.refresh_from_db()
            assert draft.reference in page
            assert draft.status == Status.SUBMITTED
        assert draft.revisions.count() == 1
        assert client.get(url).status_code == 302

    def test_too_late_says_so_and_keeps_the_draft(
        self, client: Client, draft: Challenge, contact: User
    ) -> None:
        client.force_login(contact)
        url = reverse("challenge-submit", args=[draft.pk])
        with clock.playing_at(draft.round.call_closes_at):
            response = client.post(url, {"accepts_terms": "on"})
        assert response.context["is_over"]
        assert 'id="submit-form"' not in response.content.decode()
        draft.refresh_from_db()
        assert draft.status == Status.DRAFT

    def test_a_completion_needs_no_second_accepting(
        self, client: Client, asked: Challenge, contact: User
    ) -> None:
        client.force_login(contact)
        url = reverse("challenge-submit", args=[asked.pk])
        assert 'name="accepts_terms"' not in client.get(url).content.decode()
        client.post(url)
        asked.refresh_from_db()
        assert asked.status == Status.SUBMITTED

    def test_others_do_not_find_it(
        self,
        client: Client,
        draft: Challenge,
        submitted: Challenge,
        coordinator: User,
        stranger: User,
    ) -> None:
        url = reverse("challenge-submit", args=[draft.pk])
        client.force_login(coordinator)
        assert client.post(url, {"accepts_terms": "on"}).status_code == 403
        client.force_login(stranger)
        assert client.post(url, {"accepts_terms": "on"}).status_code == 404
