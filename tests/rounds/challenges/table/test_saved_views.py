"""A person's own views of the table."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal.errors import NotAllowed
from organisations.models import User
from rounds.challenges.models import Challenge
from rounds.challenges.table import services
from rounds.challenges.table.errors import NameTaken, NoName, TooManyFilters, TooManyViews
from rounds.challenges.table.services import delete_view, rename_view, save_view
from rounds.models import Round, SavedView
from tests.rounds.challenges.table.reading import table


def save(client: Client, round_: Round, **sent: str) -> Any:
    return client.post(reverse("table-view-save", args=[round_.slug]), sent)


def change(client: Client, round_: Round, view: SavedView, **sent: str) -> Any:
    return client.post(reverse("table-view", args=[round_.slug, view.pk]), sent)


class TestSaving:
    def test_a_tab_that_leads_back(
        self, client: Client, submitted: Challenge, coordinator: User, staff: User
    ) -> None:
        client.force_login(coordinator)
        back = "sort=-title&q=ääni&page=3&columns=hours,areas&nothing=1"
        response = save(client, submitted.round, name="  Omat   tunnit ", back=back)
        assert response.status_code == 302
        view = SavedView.objects.get()
        assert (view.user, view.name) == (coordinator, "Omat tunnit")
        assert view.query == "q=%C3%A4%C3%A4ni&sort=-title&columns=areas,hours"
        tabs = client.get(response.url).context["views"]
        assert [tab.pk for tab in tabs if tab.is_current] == [view.pk]
        client.force_login(staff)
        assert len(table(client, submitted.round).context["views"]) == 3

    @pytest.mark.parametrize("name", ["", "  ", "\x00", "x" * 61])
    def test_an_error_stands_at_the_name(
        self, client: Client, submitted: Challenge, coordinator: User, name: str
    ) -> None:
        client.force_login(coordinator)
        response = save(client, submitted.round, name=name, back="sort=title")
        assert list(response.context["form"].errors) == ["name"]
        assert response.context["back"] == "sort=title"

    def test_a_name_that_is_taken(
        self, client: Client, submitted: Challenge, coordinator: User
    ) -> None:
        client.force_login(coordinator)
        save(client, submitted.round, name="Omat", back="")
        response = save(client, submitted.round, name="omat", back="")
        assert list(response.context["form"].errors) == ["name"]
        assert SavedView.objects.count() == 1

    def test_others_find_nothing(self, client: Client, submitted: Challenge, contact: User) -> None:
        client.force_login(contact)
        assert save(client, submitted.round, name="Omat").status_code == 404


class TestChanging:
    @pytest.fixture
    def view(self, coordinator: User) -> SavedView:
        return SavedView.objects.create(user=coordinator, name="Omat", query="sort=title")

    def test_another_name(
        self, client: Client, submitted: Challenge, coordinator: User, view: SavedView
    ) -> None:
        client.force_login(coordinator)
        url = reverse("table-view", args=[submitted.round.slug, view.pk])
        assert "Omat" in client.get(url).content.decode()
        assert change(client, submitted.round, view, name="Toiset").status_code == 302
        view.refresh_from_db()
        assert view.name == "Toiset"
        assert change(client, submitted.round, view, name=" ").status_code == 200

    def test_deleting(
        self, client: Client, submitted: Challenge, coordinator: User, view: SavedView
    ) -> None:
        client.force_login(coordinator)
        assert change(client, submitted.round, view, delete="1").status_code == 302
        assert not SavedView.objects.exists()
        assert change(client, submitted.round, view, delete="1").status_code == 404

    def test_only_ones_own(
        self, client: Client, submitted: Challenge, staff: User, view: SavedView
    ) -> None:
        client.force_login(staff)
        assert change(client, submitted.round, view, delete="1").status_code == 404
        assert SavedView.objects.exists()


class TestServices:
    def test_refusals(self, coordinator: User, staff: User, monkeypatch: Any) -> None:
        view = save_view(name="Omat", query="", actor=coordinator)
        with pytest.raises(NameTaken):
            save_view(name="OMAT", query="", actor=coordinator)
        with pytest.raises(NoName):
            rename_view(view.pk, name=" ", actor=coordinator)
        with pytest.raises(TooManyFilters):
            save_view(name="Pitkä", query="q" * 501, actor=coordinator)
        with pytest.raises(NotAllowed):
            rename_view(view.pk, name="Minun", actor=staff)
        with pytest.raises(NotAllowed):
            delete_view(view.pk, actor=staff)
        monkeypatch.setattr(services, "MOST_VIEWS", 1)
        with pytest.raises(TooManyViews):
            save_view(name="Toinen", query="", actor=coordinator)
        assert rename_view(view.pk, name="omat", actor=coordinator).name == "omat"
        assert save_view(name="Omat", query="", actor=staff).user == staff
