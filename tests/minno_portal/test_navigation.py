"""The top bar: places by role, languages, oneself."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from minno_portal.navigation import Navigation, navigation_for, same_page
from organisations.membership.enums import Role
from organisations.models import Membership, Organisation, User
from tests.conftest import person


def bar(user: User | AnonymousUser, path: str = "/") -> Navigation:
    request = RequestFactory().get(path)
    request.user = user
    with translation.override("en"):
        return navigation_for(request)


def words(navigation: Navigation) -> list[str]:
    with translation.override("en"):
        return [str(place.label) for place in navigation.places]


def test_strangers_see_what_is_public() -> None:
    assert words(bar(AnonymousUser())) == ["Call", "Rounds", "Outcomes", "How it works"]


def test_an_association_starts_with_its_challenges(contact: User) -> None:
    assert words(bar(contact))[:3] == ["My challenges", "Organisation", "Outcomes"]


def test_a_person_of_two_associations_finds_both(
    contact: User, other_association: Organisation
) -> None:
    Membership.objects.create(user=contact, organisation=other_association, role=Role.CONTACT)
    assert "Organisations" in words(bar(contact))


def test_a_coordinator_starts_with_the_desk(coordinator: User) -> None:
    assert words(bar(coordinator))[:2] == ["Desk", "Rounds"]


def test_the_institution_answers_in_the_admin(staff: User) -> None:
    assert "Answer proposals" in words(bar(staff))
    assert "Administration" not in words(bar(staff))


def test_nobody_has_more_than_five_places(
    administrator: User, association: Organisation, staff: User
) -> None:
    everything = person("everything", association, Role.CONTACT)
    everything.is_superuser = True
    for tie in staff.memberships.all():
        Membership.objects.create(user=everything, organisation=tie.organisation, role=tie.role)
        Membership.objects.create(
            user=everything, organisation=tie.organisation, role=Role.COORDINATOR
        )
    for user in (administrator, everything):
        assert len(bar(user).places) <= 5


def test_one_place_is_marked_as_the_present_one(coordinator: User) -> None:
    inside = bar(coordinator, "/en/manage/rounds/minno-1-2027/calendar/")
    assert [place.is_current for place in inside.places].count(True) == 1
    assert words(inside)[[place.is_current for place in inside.places].index(True)] == "Rounds"


def test_the_call_is_current_on_its_own_page_alone() -> None:
    on_rounds = [place.is_current for place in bar(AnonymousUser(), "/en/rounds/").places]
    assert on_rounds == [False, True, False, False]


def test_the_bar_asks_for_the_ties_alone(
    contact: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user = User.objects.get(pk=contact.pk)
    with django_assert_num_queries(1):
        bar(user)


def test_the_language_switch_keeps_page_and_query() -> None:
    request = RequestFactory().get("/sv/rounds/minno-1-2027/", {"page": "2", "q": "a b"})
    with translation.override("sv"):
        links = {link.code: link for link in same_page(request)}
    assert links["fi"].url == "/rounds/minno-1-2027/?page=2&q=a+b"
    assert links["sv"].url == "/sv/rounds/minno-1-2027/?page=2&q=a+b"
    assert links["en"].url == "/en/rounds/minno-1-2027/?page=2&q=a+b"
    assert [link.code for link in links.values() if link.is_current] == ["sv"]


def test_the_switch_leads_to_pages_that_exist(client: Client, db: None) -> None:
    request = RequestFactory().get("/how-it-works/")
    for link in same_page(request):
        response = client.get(link.url)
        assert response.status_code == 200
        assert f'<html lang="{link.code}">' in response.text


def test_a_phone_opens_the_places_from_a_button(client: Client, db: None) -> None:
    page = client.get("/how-it-works/").text
    assert '<button class="places-open" type="button" popovertarget="places"' in page
    assert page.count('id="places" popover') == 1


def test_signing_out_is_a_post(client: Client, contact: User) -> None:
    client.force_login(contact)
    page = client.get("/how-it-works/").text
    assert '<form method="post" action="/accounts/logout/">' in page
    assert "csrfmiddlewaretoken" in page
