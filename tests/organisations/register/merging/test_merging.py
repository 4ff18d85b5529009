"""Making one association of two."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from minno_portal import clock
from minno_portal.errors import NotAllowed
from organisations.membership.services import invite_person
from organisations.models import (
    Contact,
    County,
    Invitation,
    Membership,
    Note,
    Organisation,
    Partnership,
    RegisterImport,
    User,
)
from organisations.register.enums import Kind
from organisations.register.merging.comparison import Side
from organisations.register.merging.errors import (
    BothRunRounds,
    RunBySomebodyElse,
    SameOrganisation,
)
from organisations.register.merging.relations import relations
from organisations.register.merging.services import merge_organisations
from rounds.call.campaigns.enums import Purpose
from rounds.call.campaigns.models import Campaign, CampaignRecipient
from rounds.challenges.helping.models import LatePermission
from rounds.challenges.models import Challenge
from rounds.challenges.services import submit_challenge
from tests.scene import other_coordinator

Give = Callable[[Organisation, Any], None]


def give_partnership(field: str) -> Give:
    def give(organisation: Organisation, scene: Any) -> None:
        other = Organisation.objects.create(name="Koulu Oy", kind=Kind.INSTITUTION)
        pair = {"coordinator": other, "institution": other} | {field: organisation}
        Partnership.objects.create(
            **pair,
            prefix="TOINEN",
            agreed_from=dt.date(2024, 1, 1),
            reply_to="x@example.org",
            sign_off="T",
        )
        Membership.objects.get_or_create(
            user=scene["coordinator"], organisation=organisation, role="coordinator"
        )
        scene["coordinator"].forget_ties()

    return give


def give_letter_of_campaign(organisation: Organisation, scene: Any) -> None:
    campaign = Campaign.objects.create(round=scene["call_round"], purpose=Purpose.CALL)
    CampaignRecipient.objects.create(
        campaign=campaign, organisation=organisation, address="x@example.org", language="fi"
    )


# One row of each relation there is; a new foreign key to an organisation needs its line here.
GIVERS: dict[tuple[str, str], Give] = {
    ("Membership", "organisation"): lambda each, scene: Membership.objects.create(
        user=scene["stranger"], organisation=each, role="contact"
    ),
    ("Invitation", "organisation"): lambda each, scene: invite_person(
        each.pk, email="x@example.org", role="contact", language="fi", actor=scene["coordinator"]
    ),
    ("Contact", "organisation"): lambda each, _scene: Contact.objects.create(
        organisation=each, email="x@example.org"
    ),
    ("Note", "organisation"): lambda each, scene: Note.objects.create(
        organisation=each, coordinator=scene["umbrella"], body="x"
    ),
    ("Note", "coordinator"): lambda each, scene: Note.objects.create(
        organisation=scene["umbrella"], coordinator=each, body="x"
    ),
    ("RegisterImport", "coordinator"): lambda each, _scene: RegisterImport.objects.create(
        coordinator=each
    ),
    ("Partnership", "coordinator"): give_partnership("coordinator"),
    ("Partnership", "institution"): give_partnership("institution"),
    ("Organisation_counties", "organisation"): lambda each, _scene: each.counties.set(
        County.objects.filter(code="08")
    ),
    ("Challenge", "organisation"): lambda each, scene: Challenge.objects.create(
        round=scene["call_round"], organisation=each
    ),
    ("LatePermission", "organisation"): lambda each, scene: LatePermission.objects.create(
        round=scene["call_round"], organisation=each, until=clock.now()
    ),
    ("CampaignRecipient", "organisation"): give_letter_of_campaign,
}


@pytest.fixture
def scene(request: pytest.FixtureRequest) -> dict[str, Any]:
    names = ("coordinator", "stranger", "umbrella", "call_round")
    return {name: request.getfixturevalue(name) for name in names}


def merge(kept: Organisation, other: Organisation, actor: User, **choices: Side) -> Organisation:
    return merge_organisations(kept.pk, other_id=other.pk, choices=choices, actor=actor)


def test_every_relation_has_been_thought_of() -> None:
    known = {(each.related_model.__name__, each.field.name) for each in relations()}
    assert known == set(GIVERS)


@pytest.mark.parametrize("relation", sorted(GIVERS), ids=".".join)
def test_everything_moves(
    scene: dict[str, Any],
    association: Organisation,
    other_association: Organisation,
    relation: tuple[str, str],
) -> None:
    GIVERS[relation](other_association, scene)
    merge(association, other_association, scene["coordinator"], areas=Side.BOTH)
    (found,) = [each for each in relations() if _name(each) == relation]
    rows = found.related_model._base_manager
    assert rows.filter(**{relation[1]: association.pk}).exists()
    assert not rows.filter(**{relation[1]: other_association.pk}).exists()
    assert not Organisation.objects.filter(pk=other_association.pk).exists()


# Two that both have partnerships are refused, see below.
@pytest.mark.parametrize(
    "relation", sorted(each for each in GIVERS if each[0] != "Partnership"), ids=".".join
)
def test_what_both_have_is_kept_once(
    scene: dict[str, Any],
    association: Organisation,
    other_association: Organisation,
    relation: tuple[str, str],
) -> None:
    for each in (association, other_association):
        GIVERS[relation](each, scene)
    merge(association, other_association, scene["coordinator"])
    assert Organisation.objects.filter(pk=association.pk).exists()


def _name(relation: Any) -> tuple[str, str]:
    return relation.related_model.__name__, relation.field.name


def test_what_both_have_is_merged(
    scene: dict[str, Any],
    association: Organisation,
    other_association: Organisation,
    stranger: User,
) -> None:
    later = clock.now() + dt.timedelta(days=9)
    for each, waits in ((association, True), (other_association, False)):
        Membership.objects.create(
            user=stranger, organisation=each, role="contact", awaits_approval=waits
        )
    Contact.objects.create(organisation=association, email="a@example.org", name="Maija")
    Contact.objects.create(
        organisation=other_association, email="a@example.org", phone="040 1", no_mail=True
    )
    LatePermission.objects.create(
        round=scene["call_round"], organisation=association, until=clock.now()
    )
    LatePermission.objects.create(
        round=scene["call_round"], organisation=other_association, until=later
    )
    merge(association, other_association, scene["coordinator"])
    assert not Membership.objects.get(user=stranger).awaits_approval
    person = Contact.objects.get()
    assert (person.name, person.phone, person.no_mail) == ("Maija", "040 1", True)
    assert LatePermission.objects.get().until == later


def test_field_by_field(
    association: Organisation, other_association: Organisation, coordinator: User
) -> None:
    Organisation.objects.filter(pk=other_association.pk).update(
        language="sv", website="https://x.example", is_national=True, awaits_approval=True
    )
    association.counties.set(County.objects.filter(code="08"))
    other_association.counties.set(County.objects.filter(code="09"))
    kept = merge(
        association,
        other_association,
        coordinator,
        business_id=Side.OTHER,
        website=Side.OTHER,
        language=Side.KEPT,
        areas=Side.BOTH,
    )
    kept.refresh_from_db()
    assert (kept.name, kept.business_id) == ("Esimerkkiyhdistys ry", "9000003-8")
    assert (kept.language, kept.website, kept.is_national) == ("fi", "https://x.example", True)
    assert {county.code for county in kept.counties.all()} == {"08", "09"}
    assert not kept.awaits_approval


def test_the_history_tells(
    association: Organisation, other_association: Organisation, coordinator: User
) -> None:
    merge(association, other_association, coordinator, website=Side.OTHER, name=Side.OTHER)
    events = apps.get_model("organisations", "OrganisationEvent").objects
    event = events.filter(pgh_obj_id=association.pk).latest("pgh_id")
    assert event.pgh_context.metadata["merged"]["name"] == "Mallijärjestö ry"
    assert "Mallijärjestö ry" in Note.objects.get().body
    # What the other one was stays readable.
    assert events.filter(pgh_obj_id=other_association.pk).exists()


@pytest.mark.parametrize("who", ["contact", "staff", "administrator", "stranger"])
def test_only_coordinators_merge(
    request: pytest.FixtureRequest,
    association: Organisation,
    other_association: Organisation,
    partnership: Partnership,
    who: str,
) -> None:
    with pytest.raises(NotAllowed):
        merge(association, other_association, request.getfixturevalue(who))


def test_power_over_rounds_does_not_move(
    association: Organisation, umbrella: Organisation, coordinator: User, school: Organisation
) -> None:
    elsewhere = other_coordinator()
    for kept, other in ((association, umbrella), (umbrella, association)):
        with pytest.raises(RunBySomebodyElse):
            merge(kept, other, elsewhere)
    with pytest.raises(NotAllowed):
        merge(association, school, coordinator)
    with pytest.raises(SameOrganisation):
        merge(association, association, coordinator)
    with pytest.raises(SameOrganisation):
        merge_organisations(association.pk, other_id=0, choices={}, actor=coordinator)
    assert merge(association, umbrella, coordinator).coordinated.exists()


def test_two_that_run_rounds_stay_apart(umbrella: Organisation, coordinator: User) -> None:
    other_coordinator()
    other = Organisation.objects.get(name="Toinen katto ry")
    Membership.objects.create(user=coordinator, organisation=other, role="coordinator")
    coordinator.forget_ties()
    with pytest.raises(BothRunRounds):
        merge(umbrella, other, coordinator)


def test_the_pages_of_merging(
    client: Client,
    association: Organisation,
    other_association: Organisation,
    coordinator: User,
    contact: User,
    draft: Challenge,
) -> None:
    base = f"/manage/organisations/{association.pk}/merge/"
    client.force_login(contact)
    assert client.get(base).status_code == 403
    assert client.get(f"{base}{other_association.pk}/").status_code == 403
    client.force_login(coordinator)
    twin = Organisation.objects.create(name="Esimerkki yhdistys")
    assert client.get(base).context["others"] == [twin]
    assert client.get(f"{base}?q=malli").context["others"] == [other_association]
    assert client.get(f"{base}?q=%00").status_code == 200
    url = f"{base}{other_association.pk}/"
    submit_challenge(draft.pk, accepted_terms=True, actor=contact)
    page = client.get(f"{base.replace(str(association.pk), str(twin.pk))}{association.pk}/")
    assert draft.title in page.content.decode()
    page = client.get(url)
    assert draft.title not in page.content.decode()
    assert other_association.name in page.content.decode()
    for choices in ({}, {"name": "both"}, {"name": "x", "business_id": "kept"}):
        assert client.post(url, choices).status_code == 200
    assert client.get(f"{base}{10**12}/").status_code == 404
    assert client.get(f"{base}{association.pk}/").status_code == 200
    sent = {"name": "kept", "business_id": "other"}
    answer = client.post(url, sent)
    assert answer["Location"] == f"/manage/organisations/{association.pk}/"
    association.refresh_from_db()
    assert association.business_id == "9000003-8"
    assert client.post(url, sent).status_code == 404


def test_an_open_invitation_of_both_is_kept_once(
    association: Organisation, other_association: Organisation, coordinator: User
) -> None:
    for each in (association, other_association):
        invite_person(
            each.pk, email="x@example.org", role="contact", language="fi", actor=coordinator
        )
    merge(association, other_association, coordinator)
    assert Invitation.objects.get().organisation == association


@pytest.mark.parametrize("new_one_is_kept", [True, False])
def test_whoever_named_an_association_anew_comes_to_nothing_of_the_other(
    association: Organisation,
    other_association: Organisation,
    coordinator: User,
    contact: User,
    stranger: User,
    *,
    new_one_is_kept: bool,
) -> None:
    Organisation.objects.filter(pk=other_association.pk).update(awaits_approval=True)
    Membership.objects.create(user=stranger, organisation=other_association, role="contact")
    invite_person(
        other_association.pk, email="x@example.org", role="contact", language="fi", actor=stranger
    )
    Contact.objects.create(organisation=other_association, email="y@example.org")
    pair = (association, other_association)
    kept = merge(*(reversed(pair) if new_one_is_kept else pair), coordinator)
    waits = dict(kept.memberships.values_list("user", "awaits_approval"))
    assert waits[stranger.pk]
    assert not waits[contact.pk]
    assert not Invitation.objects.exists()
    assert not kept.contacts.exists()
