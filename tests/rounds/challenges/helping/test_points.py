"""Points to complete: asking, the letter, ticking off, and submitting with some left."""

from __future__ import annotations

import datetime as dt
import html

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from minno_portal import clock
from minno_portal.errors import NotAllowed, WrongState
from minno_portal.outbox.models import Letter
from organisations.models import User
from rounds.challenges.enums import Status
from rounds.challenges.helping.errors import NothingAsked, TooMuchAsked
from rounds.challenges.helping.models import POINT_LENGTH, CompletionPoint
from rounds.challenges.helping.points import MOST_POINTS, tidy, unticked
from rounds.challenges.helping.services import tick_point
from rounds.challenges.models import Challenge, Comment
from rounds.challenges.services import ask_completion, end_completion, submit_challenge

WEEK = dt.timedelta(weeks=1)
POINTS = ("Ketkä tekevät kotikäynnit?", "Kuinka monta kävijää <vuodessa>?")


def ask(challenge: Challenge, actor: User, *points: str, comment: str = "") -> Challenge:
    due_on = clock.today() + WEEK
    return ask_completion(challenge.pk, comment=comment, due_on=due_on, points=points, actor=actor)


@pytest.fixture
def points(submitted: Challenge, coordinator: User) -> list[CompletionPoint]:
    ask(submitted, coordinator, *POINTS)
    return list(CompletionPoint.objects.all())


def test_points_are_single_lines_said_once() -> None:
    assert tidy(["  a  b ", "", "a b", "\u00a0", "c\nd"]) == ["a b", "c d"]


class TestAsking:
    def test_points_alone_are_enough(
        self, submitted: Challenge, coordinator: User, points: list[CompletionPoint]
    ) -> None:
        assert [point.text for point in points] == list(POINTS)
        assert {point.asked_by for point in points} == {coordinator}
        assert not Comment.objects.exists()
        letter = Letter.objects.get(kind="needs-completion")
        assert all(f"- {text}" in letter.text for text in POINTS)
        assert "<vuodessa>" not in letter.html

    @pytest.mark.parametrize("language", ["fi", "sv", "en"])
    def test_the_letter_in_the_readers_language(
        self, submitted: Challenge, coordinator: User, contact: User, language: str
    ) -> None:
        User.objects.filter(pk=contact.pk).update(language=language)
        ask(submitted, coordinator, *POINTS, comment="Hyvä alku!")
        letter = Letter.objects.get(kind="needs-completion")
        with translation.override(language):
            told = gettext("You can tick the points off on the page of the challenge as you go.")
        assert letter.language == language
        assert told in letter.text
        assert letter.text.index("Hyvä alku!") < letter.text.index(POINTS[0])

    def test_a_comment_alone_says_nothing_of_points(
        self, submitted: Challenge, coordinator: User
    ) -> None:
        ask(submitted, coordinator, comment="Kertokaa lisää.")
        told = gettext("You can tick the points off on the page of the challenge as you go.")
        assert told not in Letter.objects.get(kind="needs-completion").text

    def test_nothing_is_not_asked(self, submitted: Challenge, coordinator: User) -> None:
        with pytest.raises(NothingAsked):
            ask(submitted, coordinator, " ", "\n", comment=" ")
        submitted.refresh_from_db()
        assert submitted.status == Status.SUBMITTED

    def test_too_many_or_too_long(self, submitted: Challenge, coordinator: User) -> None:
        for many in (map(str, range(MOST_POINTS + 1)), ["x" * (POINT_LENGTH + 1)]):
            with pytest.raises(TooMuchAsked):
                ask(submitted, coordinator, *many)
        assert not CompletionPoint.objects.exists()

    def test_asking_again_adds_and_does_not_repeat(
        self, submitted: Challenge, coordinator: User, contact: User, points: list[CompletionPoint]
    ) -> None:
        tick_point(points[0].pk, done=True, actor=contact)
        ask(submitted, coordinator, POINTS[1], "Uusi asia")
        assert [point.text for point in unticked(submitted)] == [POINTS[1], "Uusi asia"]
        assert CompletionPoint.objects.count() == 3
        assert POINTS[0] not in Letter.objects.filter(kind="needs-completion").latest("pk").text

    def test_the_same_by_another_day_is_another_letter(
        self, submitted: Challenge, coordinator: User, points: list[CompletionPoint]
    ) -> None:
        due_on = clock.today() + 2 * WEEK
        ask_completion(submitted.pk, comment="", due_on=due_on, points=POINTS, actor=coordinator)
        assert Letter.objects.filter(kind="needs-completion").count() == 2


class TestTicking:
    def test_who_ticks_and_when_is_kept(
        self, points: list[CompletionPoint], colleague: User
    ) -> None:
        ticked = tick_point(points[0].pk, done=True, actor=colleague)
        assert (ticked.done_by, ticked.done_at is not None) == (colleague, True)
        again = tick_point(points[0].pk, done=True, actor=colleague)
        assert again.done_at == ticked.done_at
        assert tick_point(points[0].pk, done=False, actor=colleague).done_by is None

    @pytest.mark.parametrize("who", ["coordinator", "staff", "administrator", "other_contact"])
    def test_others_do_not_tick(
        self, points: list[CompletionPoint], who: str, request: pytest.FixtureRequest
    ) -> None:
        with pytest.raises(NotAllowed):
            tick_point(points[0].pk, done=True, actor=request.getfixturevalue(who))

    def test_only_while_a_completion_is_awaited(
        self,
        submitted: Challenge,
        points: list[CompletionPoint],
        contact: User,
        coordinator: User,
    ) -> None:
        end_completion(submitted.pk, actor=coordinator)
        with pytest.raises(WrongState):
            tick_point(points[0].pk, done=True, actor=contact)

    def test_submitting_does_not_wait_for_ticks(
        self, submitted: Challenge, points: list[CompletionPoint], contact: User
    ) -> None:
        done = submit_challenge(submitted.pk, accepted_terms=False, actor=contact)
        assert done.status == Status.SUBMITTED
        assert len(unticked(submitted)) == 2


class TestPages:
    def test_the_form_takes_a_point_a_line(
        self, client: Client, submitted: Challenge, coordinator: User
    ) -> None:
        client.force_login(coordinator)
        url = reverse("challenge-ask-completion", args=[submitted.pk])
        due_on = (clock.today() + WEEK).isoformat()
        response = client.post(
            url, {"points": "Yksi\r\n\r\n Kaksi \r\nYksi", "comment": "", "due_on": due_on}
        )
        assert response.status_code == 302
        assert [point.text for point in unticked(submitted)] == ["Yksi", "Kaksi"]

    @pytest.mark.parametrize(
        ("points", "comment"),
        [
            ("", ""),
            ("x" * (POINT_LENGTH + 1), ""),
            ("\n".join(map(str, range(MOST_POINTS + 1))), ""),
            ("a\x00b", ""),
            ("", "x" * 10_000),
        ],
    )
    def test_what_cannot_be_asked_stays_in_the_box(
        self, client: Client, submitted: Challenge, coordinator: User, points: str, comment: str
    ) -> None:
        client.force_login(coordinator)
        url = reverse("challenge-ask-completion", args=[submitted.pk])
        due_on = (clock.today() + WEEK).isoformat()
        response = client.post(url, {"points": points, "comment": comment, "due_on": due_on})
        assert response.status_code == 200
        form = response.context["form"]
        assert form.errors
        assert form["points"].value() == points
        assert not CompletionPoint.objects.exists()

    def test_the_association_ticks_without_javascript(
        self, client: Client, points: list[CompletionPoint], contact: User
    ) -> None:
        client.force_login(contact)
        challenge = points[0].challenge_id
        page = client.get(reverse("challenge", args=[challenge]))
        url = reverse("challenge-tick", args=[challenge, points[0].pk])
        assert f'action="{url}"' in page.content.decode()
        response = client.post(url, {"done": "1", "page": "submit"})
        assert response["Location"] == reverse("challenge-submit", args=[challenge]) + "#points"
        points[0].refresh_from_db()
        assert points[0].done_by == contact

    def test_with_htmx_the_list_alone_comes_back(
        self, client: Client, points: list[CompletionPoint], contact: User
    ) -> None:
        client.force_login(contact)
        url = reverse("challenge-tick", args=[points[0].challenge_id, points[0].pk])
        response = client.post(url, {"done": "1", "page": "edit"}, headers={"HX-Request": "true"})
        text = response.content.decode()
        assert "<html" not in text
        assert 'id="points"' in text
        assert f'value="{points[0].pk}-0"' in text
        assert html.escape(POINTS[1]) in text

    @pytest.mark.parametrize(
        "posted", [{}, {"done": "²"}, {"done": "1", "page": "\x00"}, {"page": "x" * 10_000}]
    )
    def test_odd_presses(
        self,
        client: Client,
        points: list[CompletionPoint],
        contact: User,
        posted: dict[str, str],
    ) -> None:
        client.force_login(contact)
        url = reverse("challenge-tick", args=[points[0].challenge_id, points[0].pk])
        assert client.post(url, posted).status_code == 302

    def test_a_point_of_another_challenge(
        self, client: Client, points: list[CompletionPoint], draft: Challenge, contact: User
    ) -> None:
        client.force_login(contact)
        other = Challenge.objects.create(
            round=draft.round, organisation=draft.organisation, created_by=contact
        )
        url = reverse("challenge-tick", args=[other.pk, points[0].pk])
        assert client.post(url, {"done": "1"}).status_code == 404

    def test_after_the_completion_the_situation_is_told(
        self, client: Client, points: list[CompletionPoint], contact: User
    ) -> None:
        submit_challenge(points[0].challenge_id, accepted_terms=False, actor=contact)
        client.force_login(contact)
        url = reverse("challenge-tick", args=[points[0].challenge_id, points[0].pk])
        response = client.post(url, {"done": "1"}, follow=True)
        assert str(WrongState.sentence) in response.content.decode()

    def test_the_coordinator_sees_what_is_done_and_by_whom(
        self, client: Client, points: list[CompletionPoint], contact: User, coordinator: User
    ) -> None:
        tick_point(points[0].pk, done=True, actor=contact)
        client.force_login(coordinator)
        page = client.get(reverse("challenge", args=[points[0].challenge_id]))
        shown = page.context["points"]
        assert [bool(point.done_at) for point in shown] == [True, False]
        assert shown[0].done_by == contact.name
        assert reverse("challenge-tick", args=[points[0].challenge_id, points[0].pk]) not in (
            page.content.decode()
        )


class TestBesideTheForm:
    def test_a_tick_saves_what_was_typed(
        self, client: Client, points: list[CompletionPoint], contact: User
    ) -> None:
        client.force_login(contact)
        url = reverse("challenge-edit", args=[points[0].challenge_id, "team"])
        page = client.get(url)
        assert f'name="tick" value="{points[0].pk}-1"' in page.content.decode()
        version = points[0].challenge.version
        posted = {"material": "Uutta", "support_hours": "2", "version": version}
        response = client.post(url, {**posted, "tick": f"{points[0].pk}-1"})
        assert response["Location"] == url
        points[0].refresh_from_db()
        assert points[0].done_by == contact
        assert Challenge.objects.get(pk=points[0].challenge_id).material == "Uutta"

    @pytest.mark.parametrize("tick", ["x", "²-1", "-1", "9" * 40, "1" * 400 + "-1", "\x00"])
    def test_odd_ticks_only_save(
        self, client: Client, points: list[CompletionPoint], contact: User, tick: str
    ) -> None:
        client.force_login(contact)
        url = reverse("challenge-edit", args=[points[0].challenge_id, "team"])
        assert client.post(url, {"support_hours": "2", "tick": tick}).status_code == 302
        assert not CompletionPoint.objects.exclude(done_at=None).exists()


def test_what_was_done_before_the_newest_asking_is_history(
    client: Client, points: list[CompletionPoint], contact: User, coordinator: User
) -> None:
    tick_point(points[0].pk, done=True, actor=contact)
    challenge = Challenge.objects.get(pk=points[0].challenge_id)
    ask(challenge, coordinator, "Uusi asia")
    client.force_login(contact)
    shown = client.get(reverse("challenge", args=[challenge.pk])).context["points"]
    assert [point.text for point in shown] == [POINTS[1], "Uusi asia"]
    client.force_login(coordinator)
    assert len(client.get(reverse("challenge", args=[challenge.pk])).context["points"]) == 3
