"""Whom a campaign goes to: filters, each address once, and who is left out and why."""

from __future__ import annotations

from typing import Any

import pytest

from minno_portal.outbox.failing import mark_failing
from organisations.mailing.services import unsubscribe
from organisations.models import Contact, County, Membership, Organisation, User
from rounds.call.campaigns.audience import Audience, Filters, audience_of
from rounds.call.campaigns.enums import Readers, Reason
from rounds.challenges.models import Challenge
from rounds.challenges.services import submit_challenge
from rounds.planning.models import Round
from tests.rounds.call.campaigns.conftest import register

pytestmark = pytest.mark.django_db


def addresses(audience: Audience) -> list[str]:
    return [each.address.split("@")[0] for each in audience.readers]


def left_out(audience: Audience) -> dict[str, Reason]:
    return {each.address.split("@")[0]: each.reason for each in audience.left_out if each.address}


def test_who_is_left_out_and_why(call_round: Round, coordinator: User) -> None:
    people = register(6)
    Contact.objects.filter(pk=people[0].pk).update(no_mail=True)
    Organisation.objects.filter(pk=people[1].organisation_id).update(no_mail=True)
    unsubscribe(people[2].email, partnership_id=call_round.partnership_id)
    mark_failing(people[3].email.upper(), "550 5.1.1 No such user")
    Organisation.objects.filter(pk=people[4].organisation_id).update(awaits_approval=True)
    # The one who has refused is not reached through another association, the last one gets one.
    for organisation in register(2, start=7):
        for person in (people[0], people[5]):
            Contact.objects.create(organisation=organisation.organisation, email=person.email)

    audience = audience_of(Filters(), call_round, coordinator)

    assert addresses(audience) == ["person6", "person7", "person8"]
    assert left_out(audience) == {
        "person1": Reason.NO_MAIL,
        "person2": Reason.NO_MAIL,
        "person3": Reason.UNSUBSCRIBED,
        "person4": Reason.DEAD,
        "person5": Reason.AWAITS_APPROVAL,
        "person6": Reason.TWICE,
    }
    # The umbrella itself has nobody in the register.
    assert dict(audience.reasons)[Reason.NOBODY] == 1
    assert audience.by_language == {"fi": 1, "sv": 1, "en": 1}


def test_people_with_an_account_read_in_the_language_they_chose(
    call_round: Round, coordinator: User, contact: User, association: Organisation
) -> None:
    User.objects.filter(pk=contact.pk).update(language="sv")
    Contact.objects.create(organisation=association, email=contact.email, name="Rekisteri")
    claimed = User.objects.create_user("claimed@example.org")
    Membership.objects.create(
        user=claimed, organisation=association, role="contact", awaits_approval=True
    )
    both = audience_of(Filters(), call_round, coordinator)
    assert [(each.name, each.language) for each in both.readers] == [("Rekisteri", "sv")]
    people = audience_of(Filters(readers=Readers.PEOPLE.value), call_round, coordinator)
    assert [each.user for each in people.readers] == [contact.pk]
    contacts = audience_of(Filters(readers=Readers.CONTACTS.value), call_round, coordinator)
    assert [each.contact is not None for each in contacts.readers] == [True]


def test_filters_by_membership_area_language_and_taking_part(
    call_round: Round, coordinator: User, contact: User, draft: Challenge
) -> None:
    people = register(3)
    people[0].organisation.counties.set(County.objects.filter(code__in=("08", "09")))
    Organisation.objects.filter(pk=people[1].organisation_id).update(is_national=True)
    submit_challenge(draft.pk, accepted_terms=True, actor=contact)

    def found(**filters: Any) -> list[str]:
        return addresses(audience_of(Filters(**filters), call_round, coordinator))

    Organisation.objects.filter(pk=people[2].organisation_id).update(is_member=True)
    assert found(members="members") == ["person3"]
    assert found(members="others") == ["contact", "person1", "person2"]
    assert found(areas=("08", "09")) == ["person1"]
    assert found(areas=("national",)) == ["person2"]
    assert found(areas=("08", "national")) == ["person1", "person2"]
    assert found(languages=("sv",)) == ["person1"]
    assert found(part="ever") == found(part=call_round.slug) == ["contact"]
    assert found(part="never") == ["person1", "person2", "person3"]
    assert found(without_submitted=True) == ["person1", "person2", "person3"]
    filters = Filters(members="members", areas=("08",), part="ever", without_submitted=True)
    assert Filters.of(filters.as_json()) == filters


@pytest.mark.parametrize("count", [1, 30])
def test_the_queries_are_as_many_at_any_size(
    call_round: Round, coordinator: User, django_assert_num_queries: Any, count: int
) -> None:
    register(count)
    assert coordinator.ties
    with django_assert_num_queries(5):
        audience_of(Filters(), call_round, coordinator)
