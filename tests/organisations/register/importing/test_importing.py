"""Trying and storing tables."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from minno_portal import clock
from minno_portal.errors import NotAllowed, WrongState
from minno_portal.spreadsheets import csv_of
from organisations.models import Contact, County, Membership, Organisation, RegisterImport, User
from organisations.people.forms import normal_phone
from organisations.register import sheets
from organisations.register.importing import errors
from organisations.register.importing.fields import Field
from organisations.register.importing.outcomes import Outcome, TriedRow
from organisations.register.importing.retention import empty_old_imports
from organisations.register.importing.services import (
    apply_import,
    begin_import,
    drop_import,
    match_columns,
    try_import,
)
from tests.scene import other_coordinator

HEAD = "Nimi;Y-tunnus;Kieli;Alueet;Yhdyshenkilö;Sähköposti;Puhelin"


def bring(actor: User, *lines: str, head: str = HEAD) -> RegisterImport:
    return begin_import(
        content="\n".join((head, *lines)).encode(),
        file_name="C:\\Omat\\jarjestot.csv",
        coordinator_id=min(actor.ties.coordinator),
        actor=actor,
    )


def tried(actor: User, *lines: str, head: str = HEAD) -> list[TriedRow]:
    return try_import(bring(actor, *lines, head=head)).rows


def store(actor: User, *lines: str, head: str = HEAD, leave_out: bool = False) -> RegisterImport:
    found = bring(actor, *lines, head=head)
    digest = try_import(found).digest
    return apply_import(found.pk, digest=digest, leave_out_faulty=leave_out, actor=actor)


def test_rows_are_added_and_the_second_time_nothing_changes(coordinator: User) -> None:
    lines = (
        "Alfa ry;9000001-1;ruotsi;Pirkanmaa;Maija;maija@alfa.example;0401234567",
        "Alfa ry;9000001-1;;;Matti;matti@alfa.example;",
        "Beta;;;koko maa;;;",
    )
    assert store(coordinator, *lines).result == {
        "added": 2,
        "changed": 1,
        "unchanged": 0,
        "refused": 0,
    }
    alfa = Organisation.objects.get(name="Alfa ry")
    assert (alfa.business_id, alfa.language, alfa.awaits_approval) == ("9000001-1", "sv", False)
    assert [county.code for county in alfa.counties.all()] == ["08"]
    assert {(each.email, each.language) for each in alfa.contacts.all()} == {
        ("maija@alfa.example", "sv"),
        ("matti@alfa.example", "sv"),
    }
    assert Organisation.objects.get(name="Beta").is_national
    again = store(coordinator, *lines).result
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 3)


def test_empty_cells_erase_nothing(coordinator: User, association: Organisation) -> None:
    association.counties.set(County.objects.filter(code="08"))
    Contact.objects.create(organisation=association, email="a@example.org", name="Maija")
    (row,) = tried(coordinator, "esimerkkiyhdistys;;sv;;;a@example.org;")
    assert [(each.field, each.old, each.new) for each in row.changes] == [
        (Field.LANGUAGE, "fi", "sv")
    ]
    store(coordinator, "esimerkkiyhdistys;;sv;;;a@example.org;")
    association.refresh_from_db()
    assert (association.name, association.language) == ("Esimerkkiyhdistys ry", "sv")
    assert association.counties.exists()
    assert Contact.objects.get().name == "Maija"


def test_its_own_people_decide_the_name(
    coordinator: User, association: Organisation, contact: User
) -> None:
    line = "Aivan uusi nimi;9000001-1;sv;;;;"
    (row,) = tried(coordinator, line)
    assert row.outcome == Outcome.REFUSED
    Membership.objects.filter(user=contact).delete()
    store(coordinator, line)
    association.refresh_from_db()
    assert association.name == "Aivan uusi nimi"


@pytest.mark.parametrize(
    ("lines", "places"),
    [
        ([";;;;;;040"], [(2, "Puhelin"), (2, "Nimi")]),
        (["Uusi;1234567-8;klingon;;;;"], [(2, "Y-tunnus"), (2, "Kieli")]),
        (["Esimerkkiyhdistys ry;9000003-8;;;;;"], [(2, "Y-tunnus")]),
        (["Ammattikorkeakoulu Oy;;;;;;"], [(2, "Nimi")]),
        (["Kaksonen;;;;;;"], [(2, "Nimi")]),
        (["Uusi;;;;Maija;;"], [(2, "Sähköposti")]),
        (["Uusi;;fi;;;;", "UUSI ry;;sv;;;;"], [(3, "Kieli")]),
        (["Kattojärjestö;9000001-1;;;;;"], [(2, "Nimi")]),
        (["Uusi;;;Atlantis;;x;y"], [(2, "Alueet"), (2, "Sähköposti"), (2, "Puhelin")]),
    ],
)
def test_every_fault_is_named_by_row_and_column(
    coordinator: User,
    association: Organisation,
    school: Organisation,
    lines: list[str],
    places: list[tuple[int, str]],
) -> None:
    for name in ("Kaksonen ry", "Kaksonen rf"):
        Organisation.objects.create(name=name)
    header = HEAD.split(";")
    named = [
        (row.number, header[fault.column])
        for row in tried(coordinator, *lines)
        for fault in row.faults
        if fault.column is not None
    ]
    assert named == places


def test_nothing_is_stored_by_halves(coordinator: User) -> None:
    found = bring(coordinator, "Alfa;;;;;;", "Beta;;xx;;;;")
    digest = try_import(found).digest
    known = Organisation.objects.count()
    with pytest.raises(errors.FaultyRows):
        apply_import(found.pk, digest=digest, leave_out_faulty=False, actor=coordinator)
    assert Organisation.objects.count() == known
    done = apply_import(found.pk, digest=digest, leave_out_faulty=True, actor=coordinator)
    assert done.result["refused"] == 1
    assert Organisation.objects.count() == known + 1
    # A second press changes nothing.
    apply_import(found.pk, digest="", leave_out_faulty=True, actor=coordinator)
    assert Organisation.objects.count() == known + 1
    with pytest.raises(WrongState):
        match_columns(found.pk, matching={0: Field.NAME}, actor=coordinator)
    with pytest.raises(WrongState):
        drop_import(found.pk, actor=coordinator)


def test_what_was_shown_is_what_is_stored(coordinator: User) -> None:
    found = bring(coordinator, "Alfa;;;;;;", "Beta;;;;;;")
    digest = try_import(found).digest
    Organisation.objects.create(name="Muu ry")
    assert try_import(found).digest == digest
    Organisation.objects.create(name="Alfa ry")
    with pytest.raises(errors.RegisterChanged):
        apply_import(found.pk, digest=digest, leave_out_faulty=True, actor=coordinator)
    assert not Organisation.objects.filter(name="Beta").exists()


def test_columns_are_matched_once(coordinator: User) -> None:
    found = bring(coordinator, "Alfa;a", head="Mikä;Mikä toinen")
    assert found.matching == {}
    with pytest.raises(errors.ColumnTwice):
        match_columns(found.pk, matching={0: Field.NAME, 1: Field.NAME}, actor=coordinator)
    with pytest.raises(errors.NameNotMatched):
        match_columns(found.pk, matching={0: Field.LANGUAGE}, actor=coordinator)
    found = match_columns(found.pk, matching={0: Field.NAME}, actor=coordinator)
    assert try_import(found).rows[0].name == "Alfa"


def test_only_ones_own_organisation_imports(coordinator: User, contact: User) -> None:
    found = bring(coordinator, "Alfa;;;;;;")
    assert found.file_name == "jarjestot.csv"
    elsewhere = other_coordinator()
    for actor in (contact, elsewhere):
        with pytest.raises(NotAllowed):
            begin_import(
                content=b"Nimi\nA",
                file_name="x",
                coordinator_id=found.coordinator_id,
                actor=actor,
            )
        with pytest.raises(NotAllowed):
            apply_import(found.pk, digest="", leave_out_faulty=True, actor=actor)
        with pytest.raises(NotAllowed):
            drop_import(found.pk, actor=actor)


def test_the_export_comes_back_without_a_change(
    coordinator: User, association: Organisation
) -> None:
    association.counties.set(County.objects.filter(code__in=["04", "08", "90"]))
    Organisation.objects.create(name="=Kaava ry", short_name="-K", is_national=True, no_mail=True)
    for address in ("a@example.org", "b@example.org"):
        Contact.objects.create(
            organisation=association, email=address, phone=normal_phone("+4681234567")
        )
    content = csv_of(sheets.head(), sheets.rows(Organisation.objects.filter(kind="association")))
    found = begin_import(
        content=content,
        file_name="x.csv",
        coordinator_id=min(coordinator.ties.coordinator),
        actor=coordinator,
    )
    assert {row.outcome for row in try_import(found).rows} == {Outcome.UNCHANGED}


def test_tables_are_not_kept(coordinator: User) -> None:
    stored = store(coordinator, "Alfa;;;;;;")
    left = bring(coordinator, "Beta;;;;;;")
    assert empty_old_imports() == 0
    with clock.playing_at(clock.now() + dt.timedelta(days=8)):
        assert empty_old_imports() == 2
        assert empty_old_imports() == 0
    stored.refresh_from_db()
    assert (stored.rows, stored.header, stored.result["added"]) == ([], [], 1)
    assert not RegisterImport.objects.filter(pk=left.pk).exists()
    with pytest.raises(errors.Emptied):
        try_import(stored)


def test_trying_asks_few_questions(coordinator: User, django_assert_num_queries: Any) -> None:
    small, large = (
        bring(coordinator, "A;;;;;;"),
        bring(coordinator, *(f"N{n};;;;;;" for n in range(60))),
    )
    for found in (small, large):
        with django_assert_num_queries(5):
            try_import(found)


def test_storing_asks_few_questions(
    coordinator: User, django_assert_max_num_queries: Any, client: Client
) -> None:
    lines = [f"Nimi {n};;sv;Pirkanmaa;M;m{n}@example.org;" for n in range(120)]
    found = bring(coordinator, *lines)
    digest = try_import(found).digest
    with django_assert_max_num_queries(20):
        apply_import(found.pk, digest=digest, leave_out_faulty=False, actor=coordinator)
