"""Comments, asking for completion and ending it."""

from __future__ import annotations

import datetime as dt

import pytest

from minno_portal import clock
from minno_portal.errors import NotAllowed, WrongState
from minno_portal.outbox.models import Letter
from organisations.models import User
from rounds.challenges.comment_letters import NEWS, PAUSE, tell_comments
from rounds.challenges.enums import Status, Visibility
from rounds.challenges.errors import DateNotAhead, EmptyComment
from rounds.challenges.models import Challenge, Comment
from rounds.challenges.services import (
    SECOND_PRESS,
    add_comment,
    ask_completion,
    end_completion,
    save_section,
)

WEEK = dt.timedelta(weeks=1)


def say(challenge: Challenge, actor: User, visibility: str, body: str = "Hyvä aihe!") -> Comment:
    return add_comment(challenge.pk, body=body, visibility=visibility, actor=actor)


def told_after(pause: dt.timedelta) -> int:
    """Return how many letters tell of comments so long from now."""
    with clock.playing_at(clock.now() + pause):
        return tell_comments()


class TestComment:
    def test_the_coordinators_comment_goes_to_the_contact_person(
        self, submitted: Challenge, contact: User, coordinator: User
    ) -> None:
        say(submitted, coordinator, Visibility.ASSOCIATION, "Ketkä <käyvät>?")
        assert told_after(PAUSE) == 1

        letter = Letter.objects.get(kind="comment")
        assert letter.recipient == contact.email
        assert "Ketkä <käyvät>?" in letter.text
        assert "<käyvät>" not in letter.html

    def test_the_associations_comment_goes_to_the_partnerships_address(
        self, submitted: Challenge, contact: User
    ) -> None:
        say(submitted, contact, Visibility.ASSOCIATION)
        assert told_after(PAUSE) == 1
        letter = Letter.objects.get(kind="association-comment")
        assert letter.recipient == submitted.round.partnership.reply_to

    @pytest.mark.parametrize("visibility", [Visibility.PARTIES, Visibility.SELF])
    def test_what_the_association_does_not_see_is_not_mailed(
        self, submitted: Challenge, staff: User, visibility: str
    ) -> None:
        say(submitted, staff, visibility)
        assert told_after(PAUSE) == 0
        assert not Letter.objects.filter(kind__endswith="comment").exists()

    def test_who_reads_what(
        self, submitted: Challenge, contact: User, coordinator: User, staff: User
    ) -> None:
        for visibility in Visibility.values:
            say(submitted, coordinator, visibility, body=visibility)

        def read_by(user: User) -> set[str]:
            return {each.body for each in Comment.objects.visible_to(user, submitted)}

        assert read_by(contact) == {"association"}
        assert read_by(staff) == {"association", "parties"}
        assert read_by(coordinator) == {"association", "parties", "self"}

    def test_the_association_cannot_write_among_the_parties(
        self, submitted: Challenge, contact: User
    ) -> None:
        with pytest.raises(NotAllowed):
            say(submitted, contact, Visibility.PARTIES)

    def test_nobody_comments_on_a_draft(
        self, draft: Challenge, contact: User, coordinator: User
    ) -> None:
        for actor in (contact, coordinator):
            with pytest.raises(NotAllowed):
                say(draft, actor, Visibility.ASSOCIATION)

    def test_others_do_not_comment(
        self, submitted: Challenge, other_contact: User, administrator: User, stranger: User
    ) -> None:
        for actor in (other_contact, administrator, stranger):
            for visibility in Visibility.values:
                with pytest.raises(NotAllowed):
                    say(submitted, actor, visibility)

    def test_a_second_press_is_one_comment_and_one_letter(
        self, submitted: Challenge, coordinator: User
    ) -> None:
        first = say(submitted, coordinator, Visibility.ASSOCIATION)
        assert say(submitted, coordinator, Visibility.ASSOCIATION) == first
        with clock.playing_at(clock.now() + 2 * SECOND_PRESS):
            assert say(submitted, coordinator, Visibility.ASSOCIATION) != first
        assert Comment.objects.count() == 2
        assert told_after(PAUSE) == 1, "both stand in one letter"

    def test_what_is_said_in_a_quarter_of_an_hour_is_one_letter(
        self, submitted: Challenge, coordinator: User, staff: User
    ) -> None:
        begun = clock.now()
        for minutes, actor, body in ((0, coordinator, "Eka"), (10, staff, "Toka")):
            with clock.playing_at(begun + dt.timedelta(minutes=minutes)):
                say(submitted, actor, Visibility.ASSOCIATION, body)
        assert [told_after(dt.timedelta(minutes=each)) for each in (14, 16, 17, 30)] == [0, 1, 0, 0]
        letter = Letter.objects.get(kind="comment")
        assert letter.text.index("Eka") < letter.text.index("Toka")
        assert coordinator.name in letter.text
        assert staff.name in letter.text

    def test_who_has_answered_is_not_told(
        self, submitted: Challenge, contact: User, coordinator: User
    ) -> None:
        say(submitted, coordinator, Visibility.ASSOCIATION, "Kysymys")
        say(submitted, contact, Visibility.ASSOCIATION, "Vastaus")
        assert told_after(PAUSE) == 1
        assert Letter.objects.get(kind__endswith="comment").kind == "association-comment"

    def test_old_comments_are_no_news(self, submitted: Challenge, coordinator: User) -> None:
        say(submitted, coordinator, Visibility.ASSOCIATION)
        assert told_after(NEWS) == 0

    def test_blank_is_no_comment(self, submitted: Challenge, coordinator: User) -> None:
        with pytest.raises(EmptyComment):
            say(submitted, coordinator, Visibility.SELF, " \n ")


class TestAskCompletion:
    def test_the_association_is_told_what_and_by_when(
        self, submitted: Challenge, contact: User, coordinator: User
    ) -> None:
        due_on = clock.today() + WEEK
        asked = ask_completion(
            submitted.pk, comment="Ketkä käyvät?", due_on=due_on, actor=coordinator
        )

        assert asked.status == Status.NEEDS_COMPLETION
        assert asked.completion_due_at == clock.helsinki(due_on, 16)
        comment = Comment.objects.get()
        assert (comment.body, comment.visibility) == ("Ketkä käyvät?", Visibility.ASSOCIATION)
        letter = Letter.objects.get(kind="needs-completion")
        assert letter.recipient == contact.email
        assert "Ketkä käyvät?" in letter.text
        assert f"{due_on.day}.{due_on.month}.{due_on.year}" in letter.text

    def test_asking_again_gives_more_time(self, asked: Challenge, coordinator: User) -> None:
        due_on = clock.today() + 2 * WEEK
        again = ask_completion(asked.pk, comment="Lisäaikaa", due_on=due_on, actor=coordinator)
        assert again.completion_due_at == clock.helsinki(due_on, 16)
        assert Letter.objects.filter(kind="needs-completion").count() == 2

    @pytest.mark.parametrize("who", ["contact", "staff", "administrator", "stranger"])
    def test_only_the_coordinator_asks(
        self, submitted: Challenge, who: str, request: pytest.FixtureRequest
    ) -> None:
        with pytest.raises(NotAllowed):
            ask_completion(
                submitted.pk,
                comment="?",
                due_on=clock.today() + WEEK,
                actor=request.getfixturevalue(who),
            )

    def test_a_past_date_or_an_empty_comment_changes_nothing(
        self, submitted: Challenge, coordinator: User
    ) -> None:
        yesterday = clock.today() - dt.timedelta(days=1)
        with pytest.raises(DateNotAhead):
            ask_completion(submitted.pk, comment="?", due_on=yesterday, actor=coordinator)
        with pytest.raises(EmptyComment):
            ask_completion(
                submitted.pk, comment=" ", due_on=clock.today() + WEEK, actor=coordinator
            )
        submitted.refresh_from_db()
        assert submitted.status == Status.SUBMITTED

    def test_a_proposed_challenge_is_past_it(self, submitted: Challenge, coordinator: User) -> None:
        Challenge.objects.filter(pk=submitted.pk).update(status=Status.PROPOSED)
        with pytest.raises(WrongState):
            ask_completion(
                submitted.pk, comment="?", due_on=clock.today() + WEEK, actor=coordinator
            )


class TestEndCompletion:
    def test_the_submitted_version_stands_again(
        self, asked: Challenge, contact: User, coordinator: User
    ) -> None:
        title, hours = asked.title, asked.support_hours
        save_section(
            asked.pk, section="challenge", values={"title": "Kesken"}, version=None, actor=contact
        )
        save_section(
            asked.pk,
            section="funding",
            values={"is_national": False, "counties": ["01"]},
            version=None,
            actor=contact,
        )

        ended = end_completion(asked.pk, actor=coordinator)

        ended.refresh_from_db()
        assert ended.status == Status.SUBMITTED
        assert (ended.title, ended.support_hours) == (title, hours)
        assert ended.is_national
        assert not ended.counties.exists()
        assert ended.completion_due_at is None
        assert ended.events.filter(title="Kesken").exists()

    def test_only_when_a_completion_is_awaited(
        self, submitted: Challenge, coordinator: User, contact: User
    ) -> None:
        with pytest.raises(WrongState):
            end_completion(submitted.pk, actor=coordinator)
        with pytest.raises(NotAllowed):
            end_completion(submitted.pk, actor=contact)
