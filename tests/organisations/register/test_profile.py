"""An association as coordinators see it, its contact people and notes."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from minno_portal.errors import NotAllowed
from organisations.mailing.services import unsubscribe
from organisations.models import Contact, Membership, Note, Organisation, Partnership, User
from organisations.people.exports import data_of
from organisations.register.contacts import Person, add_contact, remove_contact, update_contact
from organisations.register.errors import ContactKnown
from organisations.register.notes import remove_note, write_note
from rounds.challenges.models import Challenge
from rounds.challenges.services import submit_challenge
from rounds.planning.models import Round
from tests.scene import other_coordinator

PERSON: Person = {
    "name": "Maija",
    "email": "Maija@Example.org",
    "phone": "040 1234567",
    "task": "Sihteeri",
    "language": "sv",
    "no_mail": False,
}


def page(organisation: Organisation, end: str = "") -> str:
    return f"/manage/organisations/{organisation.pk}/{end}"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("coordinator", 200),
        ("administrator", 200),
        ("contact", 403),
        ("other_contact", 404),
        ("staff", 404),
    ],
)
def test_who_sees_it(
    client: Client,
    request: Any,
    association: Organisation,
    partnership: Partnership,
    who: str,
    status: int,
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get(page(association)).status_code == status
    assert client.get(page(partnership.institution)).status_code == 404


def test_it_tells_what_was_submitted_and_no_drafts(
    client: Client, coordinator: User, draft: Challenge
) -> None:
    client.force_login(coordinator)
    assert client.get(page(draft.organisation)).context["history"] == []
    assert draft.created_by
    submit_challenge(draft.pk, accepted_terms=True, actor=draft.created_by)
    (line,) = client.get(page(draft.organisation)).context["history"]
    assert (line.title, line.occasion) == (draft.title, draft.round.code)
    stranger = other_coordinator()
    client.force_login(stranger)
    assert client.get(page(draft.organisation)).context["history"] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_at_any_number_of_rows(
    client: Client,
    coordinator: User,
    draft: Challenge,
    rows: int,
    django_assert_num_queries: Any,
) -> None:
    for number in range(rows):
        user = User.objects.create_user(f"m{number}@example.org")
        Membership.objects.create(
            user=user,
            organisation=draft.organisation,
            role="contact",
            awaits_approval=number % 2 == 0,
        )
        Contact.objects.create(organisation=draft.organisation, email=f"c{number}@example.org")
        Note.objects.create(
            organisation=draft.organisation,
            coordinator_id=min(coordinator.ties.coordinator),
            author=coordinator,
            body="Muista",
        )
    client.force_login(coordinator)
    with django_assert_num_queries(12):
        assert client.get(page(draft.organisation)).status_code == 200


def test_notes_are_for_ones_own_organisation(
    client: Client,
    association: Organisation,
    coordinator: User,
    contact: User,
    administrator: User,
) -> None:
    client.force_login(coordinator)
    assert client.post(page(association, "notes/"), {"body": "Salainen muisto"}).status_code == 302
    assert b"Salainen muisto" in client.get(page(association)).content
    note = Note.objects.get()
    elsewhere = other_coordinator()
    for user in (elsewhere, administrator):
        client.force_login(user)
        assert b"Salainen muisto" not in client.get(page(association)).content
        with pytest.raises(NotAllowed):
            remove_note(note.pk, actor=user)
        with pytest.raises(NotAllowed):
            write_note(association.pk, body="x", coordinator_id=note.coordinator_id, actor=user)
    client.force_login(elsewhere)
    assert client.post(page(association, f"notes/{note.pk}/delete/")).status_code == 404
    client.force_login(contact)
    assert b"Salainen muisto" not in client.get(f"/organisations/{association.pk}/").content
    client.force_login(coordinator)
    assert client.post(page(association, f"notes/{note.pk}/delete/")).status_code == 302
    assert not Note.objects.exists()
    assert client.post(page(association, f"notes/{note.pk}/delete/")).status_code == 404


@pytest.mark.parametrize("body", ["", "   ", "x" * 2001, "\x00"])
def test_a_bad_note_is_told(
    client: Client, association: Organisation, coordinator: User, body: str
) -> None:
    client.force_login(coordinator)
    answer = client.post(page(association, "notes/"), {"body": body, "coordinator": "x"})
    assert answer.status_code == 200
    assert answer.context["note_form"].errors
    assert not Note.objects.exists()


def test_the_buttons_of_a_new_association(
    client: Client, association: Organisation, coordinator: User, contact: User
) -> None:
    Organisation.objects.update(awaits_approval=True)
    client.force_login(contact)
    assert client.post(page(association, "approve/")).status_code == 403
    client.force_login(coordinator)
    assert page(association, "approve/") in client.get(page(association)).content.decode()
    assert client.post(page(association, "approve/"))["Location"] == page(association)
    association.refresh_from_db()
    assert not association.awaits_approval
    assert client.post(page(association, "refuse/"))["Location"] == page(association)
    Organisation.objects.update(awaits_approval=True)
    assert client.post(page(association, "refuse/"))["Location"] == "/manage/organisations/"
    assert not Organisation.objects.filter(pk=association.pk).exists()


def test_who_tells_of_contact_people(
    association: Organisation, contact: User, coordinator: User, other_contact: User
) -> None:
    made = add_contact(association.pk, person=PERSON, actor=coordinator)
    assert made.email == "maija@example.org"
    with pytest.raises(ContactKnown):
        add_contact(association.pk, person=PERSON, actor=contact)
    with pytest.raises(NotAllowed):
        update_contact(made.pk, person=PERSON, actor=other_contact)
    update_contact(made.pk, person=PERSON | {"task": "Johtaja"}, actor=contact)  # type: ignore[arg-type]
    made.refresh_from_db()
    assert made.task == "Johtaja"
    remove_contact(made.pk, actor=contact)
    assert not Contact.objects.exists()


def test_the_pages_of_contact_people(
    client: Client, association: Organisation, contact: User, other_contact: User
) -> None:
    base = f"/organisations/{association.pk}/contacts/"
    client.force_login(other_contact)
    assert client.get(f"{base}new/").status_code == 404
    client.force_login(contact)
    sent = {name: value for name, value in PERSON.items() if name != "no_mail"}
    assert client.post(f"{base}new/", sent).status_code == 302
    made = Contact.objects.get()
    again = client.post(f"{base}new/", sent)
    assert "email" in again.context["form"].errors
    for field, value in (("email", "x"), ("phone", "abc"), ("language", "xx"), ("name", "\x00")):
        answer = client.post(f"{base}{made.pk}/", sent | {field: value})
        assert field in answer.context["form"].errors
    assert client.post(f"{base}{made.pk}/", sent | {"task": "Johtaja"}).status_code == 302
    assert client.get(f"{base}{made.pk + 1}/").status_code == 404
    assert b"Johtaja" in client.get(f"/organisations/{association.pk}/").content
    assert client.post(f"{base}{made.pk}/delete/").status_code == 302
    assert client.post(f"{base}{made.pk}/delete/").status_code == 404


def test_the_page_tells_who_has_unsubscribed(
    client: Client, association: Organisation, call_round: Round, coordinator: User
) -> None:
    Contact.objects.create(organisation=association, email="a@example.org")
    client.force_login(coordinator)
    page = f"/manage/organisations/{association.pk}/"
    assert "On perunut viestit" not in client.get(page).text
    unsubscribe("A@example.org", partnership_id=call_round.partnership_id)
    assert "On perunut viestit" in client.get(page).text


def test_ones_own_data_tells_of_the_register(
    association: Organisation, stranger: User, coordinator: User
) -> None:
    Contact.objects.create(organisation=association, email=stranger.email, task="Sihteeri")
    (line,) = data_of(stranger)["register_of_associations"]
    assert line["task"] == "Sihteeri"
    assert data_of(coordinator)["register_of_associations"] == []
