"""An organisation that is merged away between opening a page and pressing its button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from organisations.membership import services as membership
from organisations.membership.services import end_membership, invite_person
from organisations.models import Organisation, User
from organisations.register import services as register
from organisations.register.errors import OrganisationGone
from organisations.register.services import (
    Facts,
    approve_organisation,
    join_or_create,
    refuse_organisation,
    update_organisation,
)

pytestmark = pytest.mark.django_db

FACTS: Facts = {
    "language": "fi",
    "website": "",
    "is_national": False,
    "counties": (),
    "no_mail": False,
}
SERVICES: dict[str, Callable[[int, User], object]] = {
    "inviting": lambda pk, actor: invite_person(
        pk, email="uusi@example.org", role="contact", language="fi", actor=actor
    ),
    "changing": lambda pk, actor: update_organisation(pk, facts=FACTS, identity=None, actor=actor),
    "approving": lambda pk, actor: approve_organisation(pk, actor=actor),
    "refusing": lambda pk, actor: refuse_organisation(pk, actor=actor),
}


@pytest.mark.parametrize("change", SERVICES.values(), ids=SERVICES)
def test_it_is_a_refusal(
    association: Organisation, contact: User, change: Callable[[int, User], object]
) -> None:
    assert association.pk in contact.ties.contact
    gone = association.pk
    association.delete()
    with pytest.raises(OrganisationGone):
        change(gone, contact)


def vanish(module: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the organisation be gone when a service of the module comes to lock it."""
    locked = module.lock_organisation

    def late(organisation_id: int) -> Organisation:
        Organisation.objects.filter(pk=organisation_id).delete()
        found: Organisation = locked(organisation_id)
        return found

    monkeypatch.setattr(module, "lock_organisation", late)


def test_leaving_one(
    association: Organisation, contact: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    vanish(membership, monkeypatch)
    with pytest.raises(OrganisationGone):
        end_membership(contact.memberships.get().pk, actor=contact)


def test_joining_one(
    association: Organisation, stranger: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    vanish(register, monkeypatch)
    with pytest.raises(OrganisationGone):
        join_or_create(
            name=association.name, business_id=None, language="fi", chosen=None, actor=stranger
        )


PAGES: dict[str, tuple[Any, str, str, dict[str, str]]] = {
    "inviting": (
        membership,
        "contact",
        "/organisations/%d/invite/",
        {"email": "uusi@example.org", "role": "contact", "language": "fi"},
    ),
    "changing": (
        register,
        "contact",
        "/organisations/%d/edit/",
        {"name": "Esimerkki ry", "language": "fi"},
    ),
    "joining": (
        register,
        "stranger",
        "/organisations/new/",
        {"name": "Esimerkkiyhdistys ry", "business_id": "", "language": "fi"},
    ),
}


@pytest.mark.parametrize("case", PAGES)
def test_the_page_says_so_and_keeps_what_was_typed(
    client: Client,
    request: pytest.FixtureRequest,
    association: Organisation,
    contact: User,
    monkeypatch: pytest.MonkeyPatch,
    case: str,
) -> None:
    module, who, page, typed = PAGES[case]
    client.force_login(request.getfixturevalue(who))
    vanish(module, monkeypatch)
    answer = client.post(page % association.pk if "%d" in page else page, typed)
    assert answer.status_code == 200
    form = answer.context["form"]
    assert str(OrganisationGone.sentence) in form.non_field_errors()
    assert all(form[name].value() == value for name, value in typed.items())
