"""Everything that happened, by whom; and that nobody reads there what they may not know yet."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from organisations.models import User
from rounds.challenges.enums import Visibility
from rounds.challenges.helping.history.sources import looking_at
from rounds.challenges.helping.history.telling import Entry, history_of, name_people
from rounds.challenges.helping.services import Mark, grant_late, mark_quality, tick_point
from rounds.challenges.models import Challenge
from rounds.challenges.services import (
    add_comment,
    ask_completion,
    begin_challenge,
    end_completion,
    save_section,
    submit_challenge,
    withdraw_challenge,
)
from rounds.outcomes.models import Outcome
from rounds.planning.models import Round
from rounds.selection import services as selection
from rounds.selection.criteria import add_default_criteria
from rounds.selection.services import PacketItem

HOUR = dt.timedelta(hours=1)
WEEK = dt.timedelta(weeks=1)


def url(challenge: Challenge) -> str:
    return reverse("challenge-history", args=[challenge.pk])


def told(challenge: Challenge, user: User) -> list[Entry]:
    challenge.refresh_from_db()
    entries = history_of(looking_at(challenge, user))
    name_people(entries)
    return entries


def words(challenge: Challenge, user: User) -> list[str]:
    """Return the lines, newest first, each in words."""
    return [
        " ".join([str(line.text), ", ".join(map(str, line.fields))]).strip()
        for entry in told(challenge, user)
        for line in entry.lines
    ]


@pytest.fixture
def begun(call_round: Round, draft: Challenge, contact: User) -> Challenge:
    """A challenge written section by section through the services, an hour ago."""
    with clock.playing_at(clock.now() - 2 * HOUR):
        made = begin_challenge(call_round.pk, organisation_id=draft.organisation_id, actor=contact)
        texts = {
            "contact": ("contact_name", "contact_email"),
            "challenge": (
                "title",
                "summary",
                "need",
                "change_sought",
                "target_group",
                "hoped_outputs",
            ),
            "team": ("support_hours", "material"),
            "funding": ("is_national",),
            "permissions": ("may_publish",),
        }
        for section, names in texts.items():
            values = {name: getattr(draft, name) for name in names}
            save_section(made.pk, section=section, values=values, version=None, actor=contact)
    return made


@pytest.fixture
def given(begun: Challenge, contact: User) -> Challenge:
    return submit_challenge(begun.pk, accepted_terms=True, actor=contact)


class TestWhatIsTold:
    def test_writing_of_one_sitting_is_one_entry(
        self, begun: Challenge, contact: User, colleague: User
    ) -> None:
        entries = told(begun, contact)
        assert len(entries) == 2
        assert entries[0].who == contact
        assert len(entries[0].lines[0].fields) == 11
        save_section(
            begun.pk, section="team", values={"material": "x"}, version=None, actor=colleague
        )
        newest = told(begun, contact)[0]
        assert (newest.who, len(newest.lines[0].fields)) == (colleague, 1)

    def test_the_time_is_the_portals(self, begun: Challenge, contact: User) -> None:
        assert told(begun, contact)[-1].at < clock.now() - HOUR

    def test_one_press_is_one_entry(
        self, given: Challenge, coordinator: User, contact: User
    ) -> None:
        ask_completion(
            given.pk,
            comment="Hyvä alku",
            points=["Ketkä?", "Missä?"],
            due_on=clock.today() + WEEK,
            actor=coordinator,
        )
        for user in (coordinator, contact):
            newest = told(given, user)[0]
            assert newest.who == coordinator
            assert len(newest.lines) == 4
            assert newest.lines[-1].quote == "Hyvä alku"

    def test_versions_name_what_changed(
        self, given: Challenge, coordinator: User, contact: User
    ) -> None:
        ask_completion(given.pk, comment="?", due_on=clock.today() + WEEK, actor=coordinator)
        save_section(
            given.pk, section="challenge", values={"need": "Muu"}, version=None, actor=contact
        )
        point = given.completion_points.create(text="Missä?")
        tick_point(point.pk, done=True, actor=contact)
        tick_point(point.pk, done=False, actor=contact)
        submit_challenge(given.pk, accepted_terms=False, actor=contact)
        newest = told(given, coordinator)[0].lines[0]
        assert len(newest.fields) == 1
        assert newest.url.endswith("?from=1&to=2")
        assert reverse("challenge-compare", args=[given.pk]) in newest.url

    def test_going_on_without_the_completion(
        self, given: Challenge, coordinator: User, contact: User
    ) -> None:
        ask_completion(given.pk, comment="?", due_on=clock.today() + WEEK, actor=coordinator)
        save_section(
            given.pk, section="challenge", values={"need": "MERKKI"}, version=None, actor=contact
        )
        before = len(words(given, coordinator))
        end_completion(given.pk, actor=coordinator)
        lines = words(given, coordinator)
        assert len(lines) == before + 1
        assert lines[0] not in lines[1:]

    def test_asking_again_and_withdrawing(
        self, given: Challenge, coordinator: User, contact: User
    ) -> None:
        for weeks in (1, 2):
            due_on = clock.today() + weeks * WEEK
            ask_completion(given.pk, comment=str(weeks), due_on=due_on, actor=coordinator)
        withdraw_challenge(given.pk, actor=contact)
        assert [len(entry.lines) for entry in told(given, coordinator)][:3] == [1, 2, 2]

    def test_quality_and_late_permission(
        self, given: Challenge, coordinator: User, contact: User
    ) -> None:
        mark_quality(given.pk, marks={"clear": Mark("good", "Selkeä")}, actor=coordinator)
        grant_late(
            given.round_id,
            organisation_id=given.organisation_id,
            until=given.round.call_closes_at + WEEK,
            reason="Sairaus",
            actor=coordinator,
        )
        for user in (coordinator, contact):
            newest, older = told(given, user)[:2]
            assert newest.lines[0].quote == "Sairaus"
            assert older.lines[0].quote == "Selkeä"


@pytest.fixture
def decided(given: Challenge, call_round: Round, coordinator: User, staff: User) -> Challenge:
    """A challenge that was assessed, proposed and confirmed; nobody has been told."""
    add_default_criteria(call_round)
    scores = {criterion.pk: 4 for criterion in call_round.criteria.all()}
    for done in (False, True):
        selection.save_assessment(
            given.pk, scores=scores, comment="MERKKI-ARVIO", done=done, actor=staff
        )
    add_comment(given.pk, body="MERKKI-KESKEN", visibility=Visibility.PARTIES, actor=staff)
    add_comment(given.pk, body="MERKKI-OMA", visibility=Visibility.SELF, actor=coordinator)
    packet = selection.send_packet(
        call_round.pk,
        items=[PacketItem(given.pk, "confirmed", "MERKKI-ESITYS")],
        message="",
        actor=coordinator,
    )
    selection.answer_proposal(
        packet.proposals.get().pk, answer="agree", note="MERKKI-VASTAUS", actor=staff
    )
    selection.write_reason(
        given.pk, reason="MERKKI-SYY", internal_note="MERKKI-HUOMIO", actor=coordinator
    )
    Outcome.objects.create(challenge=given, title="MERKKI-TUOTOS", summary="x", kind="concept")
    return given


class TestLeaks:
    def test_the_association_is_told_nothing_of_an_untold_decision(
        self, client: Client, decided: Challenge, contact: User, colleague: User
    ) -> None:
        for user in (contact, colleague):
            assert len(told(decided, user)) == 3  # begun, written, submitted
            client.force_login(user)
            text = client.get(url(decided)).content.decode()
            assert "MERKKI" not in text
            assert "status-confirmed" not in text

    def test_then_it_is_told_the_decision_when_it_was_told(
        self, client: Client, decided: Challenge, contact: User, coordinator: User
    ) -> None:
        later = clock.now() + HOUR
        with clock.playing_at(later):
            selection.announce_decisions(decided.round_id, actor=coordinator)
        newest = told(decided, contact)[0]
        assert (newest.at, newest.who) == (later, coordinator)
        assert len(told(decided, contact)) == 4
        client.force_login(contact)
        assert "MERKKI" not in client.get(url(decided)).content.decode()

    def test_the_parties_read_all_but_others_notes(
        self, client: Client, decided: Challenge, coordinator: User, staff: User
    ) -> None:
        marks = ("KESKEN", "ESITYS", "VASTAUS", "SYY", "HUOMIO", "TUOTOS")
        for user, own in ((coordinator, True), (staff, False)):
            client.force_login(user)
            text = client.get(url(decided)).content.decode()
            assert all(f"MERKKI-{mark}" in text for mark in marks)
            assert ("MERKKI-OMA" in text) is own
            # What is said when assessing is read where it is assessed.
            assert "MERKKI-ARVIO" not in text

    def test_an_administrator_reads_what_is_not_private(
        self, client: Client, decided: Challenge, administrator: User
    ) -> None:
        client.force_login(administrator)
        text = client.get(url(decided)).content.decode()
        assert "MERKKI-SYY" in text
        assert "MERKKI-KESKEN" not in text
        assert "MERKKI-OMA" not in text

    def test_an_assessment_is_told_of_once_it_counts(
        self, decided: Challenge, coordinator: User, staff: User
    ) -> None:
        mine = [entry for entry in told(decided, coordinator) if entry.who == staff]
        assert len(mine) == 3  # assessed, commented, answered

    def test_the_parties_are_not_told_of_writing(
        self, begun: Challenge, contact: User, coordinator: User
    ) -> None:
        submit_challenge(begun.pk, accepted_terms=True, actor=contact)
        assert len(told(begun, coordinator)) == 2  # begun, submitted

    def test_strangers(
        self, client: Client, decided: Challenge, stranger: User, other_contact: User
    ) -> None:
        for user in (stranger, other_contact):
            client.force_login(user)
            assert client.get(url(decided)).status_code == 404


class TestPage:
    @pytest.mark.parametrize("number", ["", "0", "-1", "99", "x", "%00", "9" * 400])
    def test_odd_pages(
        self, client: Client, decided: Challenge, coordinator: User, number: str
    ) -> None:
        client.force_login(coordinator)
        assert client.get(f"{url(decided)}?page={number}").status_code == 200

    def test_words_are_escaped(self, client: Client, given: Challenge, coordinator: User) -> None:
        add_comment(given.pk, body="<b>x</b>", visibility=Visibility.PARTIES, actor=coordinator)
        client.force_login(coordinator)
        assert "&lt;b&gt;x&lt;/b&gt;" in client.get(url(given)).content.decode()

    def test_a_person_who_has_left(
        self, given: Challenge, coordinator: User, contact: User
    ) -> None:
        add_comment(given.pk, body="Moi", visibility=Visibility.ASSOCIATION, actor=coordinator)
        User.objects.filter(pk=coordinator.pk).delete()
        newest = told(given, contact)[0]
        assert newest.who is None
        assert newest.who_id == coordinator.pk

    def test_queries(
        self,
        client: Client,
        decided: Challenge,
        coordinator: User,
        contact: User,
        django_assert_num_queries: object,
    ) -> None:
        for user, queries in ((coordinator, 7), (contact, 8)):
            client.force_login(user)
            client.get(url(decided))
            for number in range(3):
                with django_assert_num_queries(queries):  # type: ignore[operator]
                    client.get(url(decided))
                add_comment(
                    decided.pk,
                    body=f"{user} {number}",
                    visibility=Visibility.ASSOCIATION,
                    actor=coordinator,
                )
