"""An assessment of an earlier text comes back to its writer until they have looked again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from minno_portal import clock
from minno_portal.errors import NotAllowed, WrongState
from minno_portal.outbox.models import Letter
from organisations.models import Organisation, User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection import errors, services
from rounds.selection.assessing.queue import way_of
from rounds.selection.assessing.reminders import remind_of_assessments
from rounds.selection.assessing.waiting import challenges_to_assess
from rounds.selection.board import board_of
from rounds.selection.models import Assessment
from rounds.selection.panel import checklist
from tests.rounds.selection.assessing.conftest import Assess, submit_version
from tests.rounds.selection.conftest import MakeChallenge


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def lines(round_: Round, user: User) -> list[str]:
    """Return what waits on the first page after the call has closed."""
    after = round_.call_closes_at + dt.timedelta(hours=1)
    with clock.playing_at(after), translation.override("en"):
        return [str(each.text) for each in challenges_to_assess(fresh(user))]


@pytest.fixture
def changed(submitted: MakeChallenge, assess: Assess, staff: User) -> Challenge:
    """A challenge that was assessed by `staff` and whose text has changed since."""
    challenge = submitted()
    submit_version(challenge, 1)
    assess(challenge, staff, 4)
    submit_version(challenge, 2)
    return challenge


def waits(challenge: Challenge, user: User) -> set[bool]:
    """Whether it waits for the user, by every road on which it may."""
    round_ = challenge.round
    stop = way_of(round_, fresh(user)).next_to_assess()
    board = board_of(round_, fresh(user))
    return {
        bool([text for text in lines(round_, user) if "Look again at one challenge" in text]),
        bool(stop and stop.pk == challenge.pk),
        bool(board.next_to_assess()),
        not checklist(board, coordinates=False)[0].is_done,
    }


def test_it_waits_until_it_has_been_looked_at(
    changed: Challenge, assess: Assess, staff: User, coordinator: User
) -> None:
    assert waits(changed, staff) == {True}
    assert waits_nowhere_again(changed, coordinator)
    assess(changed, staff, 2)
    assert waits(changed, staff) == {False}
    submit_version(changed, 3)
    assert waits(changed, staff) == {True}
    services.let_stand(changed.pk, read=2, actor=staff)
    assert waits(changed, staff) == {True}, "the third version was not on the page"
    services.let_stand(changed.pk, actor=staff)
    assert waits(changed, staff) == {False}


def waits_nowhere_again(challenge: Challenge, user: User) -> bool:
    """Whether nothing asks somebody to look again who has not looked before."""
    return not any("again" in text for text in lines(challenge.round, user))


@pytest.mark.parametrize("status", [Status.PROPOSED, Status.RESERVE, Status.WITHDRAWN])
def test_nobody_waits_for_what_was_proposed_or_decided(
    changed: Challenge, staff: User, coordinator: User, status: str
) -> None:
    decided = {"decided_by": coordinator, "decided_at": clock.now()}
    Challenge.objects.filter(pk=changed.pk).update(status=status, **decided)
    assert waits(changed, staff) == {False}
    with clock.playing_at(clock.helsinki(changed.round.packet_on - dt.timedelta(days=1), 10)):
        remind_of_assessments()
    assert not Letter.objects.filter(kind="assess-reminder", recipient=staff.email).exists()


def test_who_stands_aside_is_not_asked_again(changed: Challenge, staff: User) -> None:
    services.stand_aside(changed.pk, kind="abstains", note="", actor=staff)
    assert waits(changed, staff) == {False}
    with pytest.raises(errors.StandingAside):
        services.let_stand(changed.pk, actor=staff)


def test_both_lines_where_people_were_asked_by_name(
    changed: Challenge,
    submitted: MakeChallenge,
    call_round: Round,
    coordinator: User,
    staff: User,
    second_staff: User,
) -> None:
    other = submitted()
    wanted = {(other.pk, staff.pk)}
    services.assign_assessors(call_round.pk, wanted=wanted, actor=coordinator)
    assert len(lines(call_round, staff)) == 2
    assert lines(call_round, second_staff) == []


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_reminder_tells_both_apart(
    changed: Challenge, submitted: MakeChallenge, staff: User, language: str
) -> None:
    staff.language = language
    staff.save()
    submitted()
    with clock.playing_at(clock.helsinki(changed.round.packet_on - dt.timedelta(days=1), 10)):
        remind_of_assessments()
    letter = Letter.objects.get(kind="assess-reminder", recipient=staff.email)
    assert letter.text.count(f" {changed.round.code}") == 2
    assert letter.text.count("/assess/") == 1
    said = {"fi": "muuttunut", "sv": "ändrats", "en": "has changed since"}
    assert said[language] in letter.text


def test_the_marks_stand_as_they_are(changed: Challenge, staff: User) -> None:
    before = changed.assessments.get()
    with clock.playing_at(clock.now() + dt.timedelta(hours=1)):
        after = services.let_stand(changed.pk, read=2, actor=staff)
    assert (after.version, after.done_at) == (2, before.done_at)
    assert after.saved_at > before.saved_at
    assert services.let_stand(changed.pk, read=1, actor=staff).version == 2, "never back"


def test_only_a_finished_view_of_ones_own_holds(
    changed: Challenge,
    assess: Assess,
    coordinator: User,
    contact: User,
    staff: User,
    umbrella: Organisation,
) -> None:
    for user in (coordinator, staff):
        Assessment.objects.update(done_at=None)
        with pytest.raises(WrongState):
            services.let_stand(changed.pk, actor=user)
    with pytest.raises(NotAllowed):
        services.let_stand(changed.pk, actor=contact)
    assess(changed, coordinator)
    Challenge.objects.filter(pk=changed.pk).update(organisation=umbrella)
    with pytest.raises(errors.ConflictOfInterest):
        services.let_stand(changed.pk, actor=fresh(coordinator))
    Challenge.objects.filter(pk=changed.pk).update(status=Status.WITHDRAWN)
    with pytest.raises(WrongState):
        services.let_stand(changed.pk, actor=staff)


class TestTheButton:
    def address(self, challenge: Challenge) -> str:
        return reverse("challenge-let-stand", args=(challenge.pk,))

    def test_it_stands_on_the_page_while_the_text_is_another_one(
        self, client: Client, changed: Challenge, staff: User
    ) -> None:
        client.force_login(staff)
        page = reverse("challenge-assess", args=(changed.pk,))
        assert self.address(changed) in client.get(page).content.decode()
        done = client.post(self.address(changed), {"read": "2"})
        assert done["Location"].startswith(reverse("round-selection", args=(changed.round.slug,)))
        assert self.address(changed) not in client.get(page).content.decode()

    def test_not_for_a_draft(self, client: Client, changed: Challenge, staff: User) -> None:
        Assessment.objects.update(done_at=None)
        client.force_login(staff)
        page = client.get(reverse("challenge-assess", args=(changed.pk,)))
        assert page.context["changed_url"]
        assert self.address(changed) not in page.content.decode()
        assert client.post(self.address(changed)).status_code == 302
        assert changed.assessments.get().version == 1

    @pytest.mark.parametrize("typed", ["x", "9" * 400, "-1", "\x00", ""])
    def test_odd_numbers_do_no_harm(
        self, client: Client, changed: Challenge, staff: User, typed: str
    ) -> None:
        client.force_login(staff)
        assert client.post(self.address(changed), {"read": typed}).status_code == 302
        assert changed.assessments.get().version == 2

    def test_who_may_press_it(
        self,
        client: Client,
        changed: Challenge,
        stranger: User,
        contact: User,
        administrator: User,
    ) -> None:
        for user, status in ((stranger, 404), (contact, 403), (administrator, 403)):
            client.force_login(user)
            assert client.post(self.address(changed)).status_code == status
        assert client.get(self.address(changed)).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_the_first_page_asks_once(
    call_round: Round,
    submitted: MakeChallenge,
    assess: Assess,
    staff: User,
    count: int,
    django_assert_num_queries: Any,
) -> None:
    for _ in range(count):
        challenge = submitted()
        submit_version(challenge, 1)
        assess(challenge, staff)
        submit_version(challenge, 2)
    user = fresh(staff)
    with clock.playing_at(call_round.call_closes_at + dt.timedelta(hours=1)):
        list(challenges_to_assess(user))
        with django_assert_num_queries(1):
            assert len(list(challenges_to_assess(user))) == 1
