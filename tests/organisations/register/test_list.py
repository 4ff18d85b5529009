"""The register as a table."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from organisations.models import Contact, County, Organisation, Partnership, User
from organisations.register.duplicates import possible_duplicates
from rounds.challenges.models import Challenge
from rounds.challenges.services import submit_challenge
from rounds.planning.models import Round

LIST = "/manage/organisations/"


def names(client: Client, query: str) -> list[str]:
    page = client.get(f"{LIST}?{query}")
    assert page.status_code == 200
    return [row.organisation.name for row in page.context["rows"]]


@pytest.fixture
def several(partnership: Partnership, association: Organisation) -> dict[str, Organisation]:
    """Associations that differ in everything one can filter by."""
    made = {
        name: Organisation.objects.create(name=name, **values)
        for name, values in {
            "Alfa ry": {"short_name": "AY", "language": "sv", "is_member": True},
            "Beta ry": {"is_national": True, "no_mail": True},
            "Gamma ry": {"awaits_approval": True},
        }.items()
    }
    made["Alfa ry"].counties.set(County.objects.filter(code="08"))
    Contact.objects.create(
        organisation=made["Alfa ry"], name="Maija Meikäläinen", email="maija@alfa.example"
    )
    return made


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=alfa", ["Alfa ry"]),
        ("q=meikäläinen+alfa.example", ["Alfa ry"]),
        ("q=9000001", ["Esimerkkiyhdistys ry"]),
        ("q=%25", []),
        ("area=08", ["Alfa ry"]),
        ("area=national", ["Beta ry"]),
        ("language=sv", ["Alfa ry"]),
        ("look=waiting", ["Gamma ry"]),
        ("look=no-mail", ["Beta ry"]),
        ("look=members", ["Alfa ry"]),
        ("look=others&language=sv", []),
        ("look=no-contact", ["Beta ry", "Esimerkkiyhdistys ry", "Gamma ry"]),
        ("look=no-contact&area=08", []),
        (
            "sort=-name&part=never",
            ["Kattojärjestö ry", "Gamma ry", "Esimerkkiyhdistys ry", "Beta ry", "Alfa ry"],
        ),
        ("part=ever", []),
    ],
)
def test_the_address_narrows(
    client: Client,
    several: dict[str, Organisation],
    coordinator: User,
    query: str,
    found: list[str],
) -> None:
    client.force_login(coordinator)
    assert names(client, query) == found


def test_filters_folded_away_are_counted(client: Client, coordinator: User) -> None:
    client.force_login(coordinator)
    summary = '<span class="count" aria-hidden="true">'
    assert summary not in client.get(f"{LIST}?q=alfa").content.decode()
    page = client.get(f"{LIST}?q=alfa&language=sv&look=no-mail&area=zz")
    assert f"{summary}2</span>" in page.content.decode()


def test_nonsense_narrows_nothing(
    client: Client, several: dict[str, Organisation], coordinator: User
) -> None:
    client.force_login(coordinator)
    everything = names(client, "")
    assert len(everything) == 5
    for query in (
        "area=zz&language=xx&look=x&part=x&sort=x&page=x",
        "area=%00&part=%00&page=-1&sort=--name",
        f"part={'x' * 5000}&page={10**30}",
    ):
        assert names(client, query) == everything
    assert names(client, "q=%00") == everything
    assert names(client, f"q={'x' * 10_000}") == []


def test_taking_part_is_what_was_submitted(
    client: Client, several: dict[str, Organisation], coordinator: User, draft: Challenge
) -> None:
    client.force_login(coordinator)
    assert names(client, "part=ever") == []
    assert draft.created_by
    submit_challenge(draft.pk, accepted_terms=True, actor=draft.created_by)
    assert names(client, "part=ever") == [draft.organisation.name]
    assert names(client, f"part={draft.round.slug}") == [draft.organisation.name]
    assert draft.organisation.name not in names(client, "part=never")
    row = client.get(f"{LIST}?part=ever").context["rows"][0]
    assert row.latest == draft.round.code


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("coordinator", 200),
        ("administrator", 200),
        ("contact", 403),
        ("staff", 403),
        ("stranger", 403),
    ],
)
def test_who_sees_the_register(
    client: Client, request: Any, partnership: Partnership, who: str, status: int
) -> None:
    client.force_login(request.getfixturevalue(who))
    for end in ("", "export/xlsx/", "duplicates/"):
        assert client.get(f"{LIST}{end}").status_code == status


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_at_any_number_of_rows(
    client: Client,
    call_round: Round,
    coordinator: User,
    rows: int,
    django_assert_num_queries: Any,
) -> None:
    for number in range(rows):
        made = Organisation.objects.create(name=f"Y{number} ry")
        made.counties.set(County.objects.all()[: number + 1])
        Contact.objects.create(organisation=made, email=f"c{number}@example.org")
    client.force_login(coordinator)
    with django_assert_num_queries(10):
        assert client.get(f"{LIST}?q=y").status_code == 200
    # Unnarrowed it looks for what is there twice, too.
    with django_assert_num_queries(12):
        assert client.get(LIST).status_code == 200
    with django_assert_num_queries(8):
        assert client.get(f"{LIST}export/csv/?q=y").status_code == 200


def test_the_export_holds_what_is_asked_for_and_runs_nothing(
    client: Client, several: dict[str, Organisation], coordinator: User
) -> None:
    Organisation.objects.create(name="=cmd|' /C calc'!A0", short_name="@SUM(1)")
    Contact.objects.create(
        organisation=several["Alfa ry"], email="b@alfa.example", phone="+46 8 123 456"
    )
    client.force_login(coordinator)
    answer = client.get(f"{LIST}export/xlsx/?q=alfa")
    assert answer["Content-Disposition"].startswith("attachment")
    lines = list(load_workbook(io.BytesIO(answer.content)).active.values)  # type: ignore[union-attr]
    assert [line[0] for line in lines[1:]] == ["Alfa ry", "Alfa ry"]
    assert {line[10] for line in lines[1:]} == {"maija@alfa.example", "b@alfa.example"}
    assert "'+46 8 123 456" in [line[11] for line in lines[1:]]
    text = client.get(f"{LIST}export/csv/").content.decode("utf-8-sig")
    assert "\r\n'=cmd" in text
    assert ";'@SUM(1)" in text
    assert client.get(f"{LIST}export/pdf/").status_code == 404


def test_possible_duplicates_have_a_reason(
    client: Client, association: Organisation, coordinator: User
) -> None:
    twin = Organisation.objects.create(name="Esimerkki-yhdistys r.y.")
    a = Organisation.objects.create(name="Aava ry", website="https://www.yhdessa.example/aava")
    b = Organisation.objects.create(name="Bella ry", website="http://yhdessa.example")
    c, d, e = (Organisation.objects.create(name=f"{name} ry") for name in ("Cesar", "Delta", "Eko"))
    for each, email in ((c, "c@same.example"), (d, "d@same.example"), (e, "e@gmail.com")):
        Contact.objects.create(organisation=each, email=email)
    Contact.objects.create(organisation=a, email="a@gmail.com")
    Organisation.objects.create(name="Rikki", website="https://[")
    found = {frozenset(each.organisations) for each in possible_duplicates()}
    assert found == {frozenset((association, twin)), frozenset((a, b)), frozenset((c, d))}
    client.force_login(coordinator)
    assert client.get(LIST).context["duplicates"] == 3
    page = client.get(f"{LIST}duplicates/").content.decode()
    assert f"{LIST}{association.pk}/merge/{twin.pk}/" in page
