"""The table as a file: every answer, comments and assessments, and nothing that calculates."""

from __future__ import annotations

import csv
import io
import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from minno_portal import clock
from organisations.models import Organisation, User
from rounds.challenges.enums import Status, Visibility
from rounds.challenges.models import Challenge
from rounds.challenges.services import save_section
from rounds.models import Comment, OwnQuestion, Revision, Round
from rounds.selection.models import Assessment, Criterion, Score
from tests.rounds.challenges.many import more


def workbook(client: Client, round_: Round, **query: Any) -> Any:
    response = client.get(reverse("challenges-xlsx", args=[round_.slug]), query)
    assert response.status_code == 200
    return load_workbook(io.BytesIO(b"".join(response.streaming_content)))


def lines(client: Client, round_: Round, **query: Any) -> list[dict[str, str]]:
    response = client.get(reverse("challenges-csv", args=[round_.slug]), query)
    assert response.status_code == 200
    raw = b"".join(response.streaming_content)
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))


def values(line: dict[str, str]) -> list[str]:
    return list(line.values())


@pytest.fixture
def assessed(submitted: Challenge, coordinator: User, staff: User) -> Challenge:
    criterion = Criterion.objects.create(round=submitted.round, position=1, name="Selkeys")
    for user, party, done_at in (
        (coordinator, "coordinator", clock.now()),
        (staff, "institution", None),
    ):
        assessment = Assessment.objects.create(
            challenge=submitted, assessor=user, party=party, done_at=done_at, comment="Selvä"
        )
        Score.objects.create(assessment=assessment, criterion=criterion, value=4)
    return submitted


class TestWho:
    @pytest.mark.parametrize("name", ["challenges-xlsx", "challenges-csv"])
    def test_parties_and_administrator(
        self,
        client: Client,
        submitted: Challenge,
        contact: User,
        stranger: User,
        coordinator: User,
        staff: User,
        administrator: User,
        name: str,
    ) -> None:
        url = reverse(name, args=[submitted.round.slug])
        assert client.get(url).status_code == 302
        for user in (contact, stranger):
            client.force_login(user)
            assert client.get(url).status_code == 404
        for user in (coordinator, staff, administrator):
            client.force_login(user)
            assert client.get(url).getvalue()


class TestWorkbook:
    def test_sheets_heads_and_filters(
        self, client: Client, assessed: Challenge, coordinator: User
    ) -> None:
        client.force_login(coordinator)
        book = workbook(client, assessed.round)
        assert len(book.sheetnames) == 3
        page = book.worksheets[0]
        assert page.freeze_panes == "B2"
        assert page.auto_filter.ref.startswith("A1:")
        row = [cell.value for cell in page[2]]
        assert row[0] == assessed.reference
        for answer in (assessed.title, assessed.need, 2, assessed.organisation.name):
            assert answer in row
        assert page.max_column == len([cell.value for cell in page[1] if cell.value])

    def test_assessments_that_are_done(
        self, client: Client, assessed: Challenge, coordinator: User
    ) -> None:
        client.force_login(coordinator)
        rows = list(workbook(client, assessed.round).worksheets[2].values)
        assert len(rows) == 2
        assert rows[0][5] == "Selkeys"
        assert rows[1][0] == assessed.reference
        assert rows[1][5:8] == (4, 4, "Selvä")

    def test_own_questions(self, client: Client, submitted: Challenge, coordinator: User) -> None:
        question = OwnQuestion.objects.create(
            round=submitted.round,
            section="team",
            kind="choice",
            label="Mihin aikaan?",
            options=[{"key": "a", "fi": "Aamulla"}],
        )
        Revision.objects.update(content={"title": "T", question.field: "a"})
        client.force_login(coordinator)
        (line,) = lines(client, submitted.round)
        assert line["Mihin aikaan?"] == "Aamulla"


class TestComments:
    def test_notes_to_oneself_stay_with_oneself(
        self, client: Client, submitted: Challenge, coordinator: User, staff: User
    ) -> None:
        for visibility in Visibility.values:
            Comment.objects.create(
                challenge=submitted, author=staff, visibility=visibility, body=visibility
            )
        told = {}
        for user in (coordinator, staff):
            client.force_login(user)
            told[user] = [
                values(line)[-1] for line in lines(client, submitted.round, sheet="comments")
            ]
        assert told == {
            coordinator: ["association", "parties"],
            staff: ["association", "parties", "self"],
        }

    def test_an_administrator_does_not_read_what_the_parties_say(
        self, client: Client, submitted: Challenge, staff: User, administrator: User
    ) -> None:
        for visibility in Visibility.values:
            Comment.objects.create(
                challenge=submitted, author=staff, visibility=visibility, body=visibility
            )
        client.force_login(administrator)
        told = [values(line)[-1] for line in lines(client, submitted.round, sheet="comments")]
        assert told == ["association"]


class TestRows:
    def test_filtered_or_chosen(
        self,
        client: Client,
        submitted: Challenge,
        other_association: Organisation,
        coordinator: User,
    ) -> None:
        (second,) = more(submitted, 1, title="Äänen kuuleminen", organisation=other_association)
        client.force_login(coordinator)

        def found(**query: Any) -> list[str]:
            return [values(line)[0] for line in lines(client, submitted.round, **query)]

        assert found() == [submitted.reference, second.reference]
        assert found(sort="-reference") == [second.reference, submitted.reference]
        assert found(q="ääni") == [second.reference]
        assert found(pick=[submitted.pk]) == [submitted.reference]

    def test_a_challenge_of_another_round_cannot_be_picked(
        self, client: Client, submitted: Challenge, coordinator: User
    ) -> None:
        other = Round.objects.get(pk=submitted.round_id)
        other.pk, other.number, other.slug = None, 2, "minno-2"
        other.save()
        client.force_login(coordinator)
        assert lines(client, other, pick=[submitted.pk]) == []

    def test_what_is_half_written_stays_the_associations(
        self, client: Client, asked: Challenge, contact: User, coordinator: User
    ) -> None:
        save_section(
            asked.pk, section="challenge", values={"title": "Luonnos"}, version=None, actor=contact
        )
        client.force_login(coordinator)
        for sheet in ("challenges", "comments"):
            assert all(
                "Luonnos" not in values(line) for line in lines(client, asked.round, sheet=sheet)
            )

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1"])
    def test_nothing_calculates(
        self, client: Client, submitted: Challenge, coordinator: User, text: str
    ) -> None:
        Revision.objects.update(content={"title": text, "need": text})
        Organisation.objects.update(name=text)
        client.force_login(coordinator)
        cells = [cell for row in workbook(client, submitted.round).worksheets[0] for cell in row]
        assert all(cell.data_type != "f" for cell in cells)
        for line in lines(client, submitted.round):
            assert not [each for each in values(line) if each.startswith(("=", "+", "-", "@"))]

    def test_broken_characters(
        self, client: Client, submitted: Challenge, coordinator: User
    ) -> None:
        Challenge.objects.update(status=Status.SUBMITTED)
        Revision.objects.update(content={"title": 'a\x01\x0bb;\n"c"', "need": None})
        client.force_login(coordinator)
        assert workbook(client, submitted.round)
        assert len(lines(client, submitted.round)) == 1


@pytest.mark.parametrize("sheet", ["nothing", "\x00", "challenges'"])
def test_no_such_sheet(client: Client, submitted: Challenge, coordinator: User, sheet: str) -> None:
    client.force_login(coordinator)
    url = reverse("challenges-csv", args=[submitted.round.slug])
    assert client.get(url, {"sheet": sheet}).status_code == 404


def test_queries_do_not_grow(
    client: Client, assessed: Challenge, coordinator: User, django_assert_num_queries: Any
) -> None:
    client.force_login(coordinator)
    for extra in (0, 2):
        more(assessed, extra)
        with django_assert_num_queries(13):
            workbook(client, assessed.round)


def test_two_thousand_in_a_few_seconds(
    client: Client, submitted: Challenge, coordinator: User
) -> None:
    content = submitted.revisions.get().content
    made = more(submitted, 1999)
    Revision.objects.bulk_create(
        Revision(challenge=challenge, number=1, content=content) for challenge in made
    )
    client.force_login(coordinator)
    started = time.process_time()
    book = client.get(reverse("challenges-xlsx", args=[submitted.round.slug]))
    assert len(b"".join(book.streaming_content)) > 100_000
    assert time.process_time() - started < 8
