"""Joining an association, or bringing a new one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import connection

from minno_portal.errors import NotAllowed, WrongState
from minno_portal.outbox.models import Letter
from organisations.membership.enums import Role
from organisations.models import Contact, Membership, Organisation, User
from organisations.register.errors import (
    BusinessIdKnown,
    HasHistory,
    NameKnown,
    SeveralFound,
    TooManyWaiting,
)
from organisations.register.services import (
    MOST_WAITING,
    Facts,
    Identity,
    approve_organisation,
    join_or_create,
    refuse_organisation,
    update_organisation,
)
from rounds.challenges.models import Challenge


def join(
    actor: User, name: str, business_id: str | None = None, chosen: int | None = None
) -> Organisation:
    return join_or_create(
        name=name, business_id=business_id, language="fi", chosen=chosen, actor=actor
    )


def test_a_new_association_waits_for_the_coordinators_look(stranger: User) -> None:
    assert not stranger.ties.every
    made = join_or_create(
        name="  Uusi   yhdistys ry ",
        business_id="90000089",
        language="sv",
        chosen=None,
        actor=stranger,
    )
    assert (made.name, made.business_id, made.kind, made.awaits_approval) == (
        "Uusi yhdistys ry",
        "9000008-9",
        "association",
        True,
    )
    assert stranger.ties.contact == {made.pk}
    assert Membership.objects.get(user=stranger).role == Role.CONTACT


@pytest.mark.parametrize(
    ("name", "business_id"),
    [
        ("ESIMERKKIYHDISTYS  RY", None),
        ("esimerkki-yhdistys r.y.", None),
        ("Esimerkkiyhdistys", "90000011"),
        ("Aivan muu nimi", "9000001-1"),
    ],
)
def test_an_association_is_found_and_the_person_waits(
    association: Organisation, contact: User, stranger: User, name: str, business_id: str | None
) -> None:
    assert join(stranger, name, business_id) == association
    assert Organisation.objects.count() == 1
    assert (stranger.ties.every, stranger.ties.claimed) == (frozenset(), {association.pk})
    letter = Letter.objects.get(kind="membership-claim")
    assert letter.recipient == contact.email
    # Saying so again changes nothing.
    assert join(stranger, name, business_id) == association
    assert Letter.objects.filter(kind="membership-claim").count() == 1


def test_whom_the_register_names_acts_at_once(association: Organisation, stranger: User) -> None:
    Contact.objects.create(organisation=association, email="second@example.org")
    EmailAddress.objects.create(user=stranger, email="second@example.org", verified=True)
    join(stranger, association.name)
    assert stranger.ties.contact == {association.pk}
    assert not Letter.objects.filter(kind="membership-claim").exists()


def test_an_address_that_is_not_confirmed_gives_nothing(
    association: Organisation, stranger: User
) -> None:
    Contact.objects.create(organisation=association, email="second@example.org")
    EmailAddress.objects.create(user=stranger, email="second@example.org", verified=False)
    join(stranger, association.name)
    assert stranger.ties.claimed == {association.pk}


def test_similar_names_are_asked_about(association: Organisation, stranger: User) -> None:
    with pytest.raises(SeveralFound) as asked:
        join(stranger, "Esimerkin yhdistys ry")
    assert list(asked.value.candidates) == [association]
    with pytest.raises(SeveralFound):
        join(stranger, "Esimerkin yhdistys ry", chosen=association.pk + 1)
    assert join(stranger, "Esimerkin yhdistys ry", chosen=association.pk) == association
    made = join(stranger, "Esimerkin yhdistys ry", chosen=0)
    assert made != association
    assert made.awaits_approval


def test_the_same_name_with_another_number_is_asked_about(
    association: Organisation, stranger: User
) -> None:
    with pytest.raises(SeveralFound):
        join(stranger, association.name, "9000003-8")
    assert join(stranger, association.name, "9000003-8", chosen=0) != association


def test_nobody_joins_an_institution(school: Organisation, stranger: User) -> None:
    school.business_id = "9000003-8"
    school.save()
    with pytest.raises(NameKnown):
        join(stranger, school.name)
    with pytest.raises(BusinessIdKnown):
        join(stranger, "Muu", "9000003-8")


def test_a_wrong_number_is_refused(stranger: User) -> None:
    with pytest.raises(ValidationError):
        join(stranger, "X", "1234567-8")


def test_who_has_not_signed_in_names_nothing(db: None) -> None:
    with pytest.raises(NotAllowed):
        join(AnonymousUser(), "X")  # type: ignore[arg-type]


def test_nobody_waits_for_many(stranger: User) -> None:
    names = ["Ahven", "Hauki", "Kuha", "Siika", "Muikku", "Lahna"]
    for name in names[:MOST_WAITING]:
        join(stranger, name, chosen=0)
    with pytest.raises(TooManyWaiting):
        join(stranger, names[-1], chosen=0)


def test_the_coordinator_approves_a_new_association(
    coordinator: User, stranger: User, contact: User
) -> None:
    made = join(stranger, "Uusi")
    for actor in (stranger, contact):
        with pytest.raises(NotAllowed):
            approve_organisation(made.pk, actor=actor)
        with pytest.raises(NotAllowed):
            refuse_organisation(made.pk, actor=actor)
    for _press in range(2):
        assert not approve_organisation(made.pk, actor=coordinator).awaits_approval
    with pytest.raises(WrongState):
        refuse_organisation(made.pk, actor=coordinator)


def test_a_new_association_is_refused_unless_it_has_begun_something(
    coordinator: User, stranger: User, draft: Challenge
) -> None:
    made = join(stranger, "Uusi")
    Challenge.objects.filter(pk=draft.pk).update(organisation=made)
    with pytest.raises(HasHistory):
        refuse_organisation(made.pk, actor=coordinator)
    Challenge.objects.all().delete()
    refuse_organisation(made.pk, actor=coordinator)
    assert not Organisation.objects.filter(pk=made.pk).exists()


FACTS: Facts = {
    "language": "fi",
    "website": "",
    "is_national": False,
    "counties": [],
    "no_mail": False,
}


def identity(name: str = "Uusi") -> Identity:
    return Identity(name=name, short_name="U", business_id=None)


def test_its_own_people_decide_what_it_is_called(
    association: Organisation,
    other_association: Organisation,
    contact: User,
    other_contact: User,
    coordinator: User,
) -> None:
    for actor in (other_contact, coordinator):
        with pytest.raises(NotAllowed):
            update_organisation(association.pk, facts=FACTS, identity=identity(), actor=actor)
    with pytest.raises(NotAllowed):
        update_organisation(association.pk, facts=FACTS, identity=None, actor=other_contact)
    told = update_organisation(association.pk, facts=FACTS, identity=None, actor=coordinator)
    assert told.name == association.name
    with pytest.raises(NameKnown):
        update_organisation(
            association.pk,
            facts=FACTS,
            identity=identity(other_association.name),
            actor=contact,
        )
    told = update_organisation(association.pk, facts=FACTS, identity=identity(), actor=contact)
    assert (told.name, told.business_id) == ("Uusi", None)


def test_the_coordinator_names_what_nobody_acts_for(
    association: Organisation, coordinator: User
) -> None:
    told = update_organisation(association.pk, facts=FACTS, identity=identity(), actor=coordinator)
    assert told.name == "Uusi"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("chosen", [None, 0])
def test_two_who_name_the_same_at_once_make_one(chosen: int | None) -> None:
    people = [User.objects.create_user(f"p{number}@example.org") for number in range(4)]

    def name_it(person: User) -> bool:
        try:
            return join(person, "Sama yhdistys ry", chosen=chosen).awaits_approval
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(name_it, people))
    assert Organisation.objects.count() == 1
    waiting = Membership.objects.values_list("awaits_approval", flat=True)
    assert sorted(waiting) == [False, True, True, True]


def test_an_association_does_not_make_itself_a_member(
    association: Organisation, contact: User, coordinator: User
) -> None:
    with pytest.raises(NotAllowed):
        update_organisation(
            association.pk, facts=FACTS, identity=None, is_member=True, actor=contact
        )
    told = update_organisation(
        association.pk, facts=FACTS, identity=None, is_member=True, actor=coordinator
    )
    assert told.is_member
    kept = update_organisation(association.pk, facts=FACTS, identity=None, actor=contact)
    assert kept.is_member
