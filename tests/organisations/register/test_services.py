from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import connection

from minno_portal.errors import NotAllowed
from organisations.membership.enums import Role
from organisations.models import Membership, Organisation, User
from organisations.register.errors import BusinessIdKnown, NameKnown, OrganisationKnown
from organisations.register.services import create_organisation, update_organisation


def test_the_newcomer_becomes_contact_person(stranger: User) -> None:
    assert not stranger.ties.every
    made = create_organisation(
        name="  Uusi   yhdistys ry ", business_id="90000089", language="sv", actor=stranger
    )
    assert (made.name, made.business_id, made.kind) == (
        "Uusi yhdistys ry",
        "9000008-9",
        "association",
    )
    assert stranger.ties.contact == {made.pk}
    assert Membership.objects.get(user=stranger).role == Role.CONTACT


def test_nobody_joins_silently(association: Organisation, stranger: User) -> None:
    with pytest.raises(NameKnown):
        create_organisation(
            name="ESIMERKKIYHDISTYS  RY", business_id=None, language="fi", actor=stranger
        )
    with pytest.raises(BusinessIdKnown):
        create_organisation(name="Toinen", business_id="90000011", language="fi", actor=stranger)
    assert not stranger.ties.every
    assert Organisation.objects.get() == association


def test_a_wrong_number_is_refused(stranger: User) -> None:
    with pytest.raises(ValidationError):
        create_organisation(name="X", business_id="1234567-8", language="fi", actor=stranger)


def test_who_has_not_signed_in_names_nothing(db: None) -> None:
    with pytest.raises(NotAllowed):
        create_organisation(
            name="X",
            business_id=None,
            language="fi",
            actor=AnonymousUser(),  # type: ignore[arg-type]
        )


def test_only_ones_own_is_changed(
    association: Organisation, contact: User, other_contact: User, coordinator: User
) -> None:
    changes = {"name": "Uusi", "short_name": "U", "business_id": None, "language": "fi"}
    for actor in (other_contact, coordinator):
        with pytest.raises(NotAllowed):
            update_organisation(association.pk, **changes, actor=actor)
    with pytest.raises(NameKnown):
        update_organisation(
            association.pk, **(changes | {"name": "Mallijärjestö ry"}), actor=contact
        )
    assert update_organisation(association.pk, **changes, actor=contact).business_id is None


@pytest.mark.django_db(transaction=True)
def test_two_who_name_the_same_at_once_make_one() -> None:
    people = [User.objects.create_user(f"p{number}@example.org") for number in range(4)]

    def name_it(person: User) -> str:
        try:
            create_organisation(
                name="Sama yhdistys ry", business_id=None, language="fi", actor=person
            )
        except OrganisationKnown:
            return "known"
        finally:
            connection.close()
        return "made"

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(name_it, people))
    assert answers == ["known", "known", "known", "made"]
    assert Organisation.objects.count() == 1
