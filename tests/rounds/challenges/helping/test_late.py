"""A deadline of its own for one association: what it opens, and for nobody else."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from minno_portal import clock, dates
from minno_portal.errors import NotAllowed, WrongState
from minno_portal.outbox.models import Letter
from organisations.models import Organisation, User
from organisations.register.models import Contact
from rounds.challenges.enums import Status
from rounds.challenges.errors import CallClosed, CallNotOpen
from rounds.challenges.helping.errors import LateNotLater, LateTooLate
from rounds.challenges.helping.late import DEADLINE, closes_at, own_deadline, takes_challenges
from rounds.challenges.helping.letters import recipients_of
from rounds.challenges.helping.models import LatePermission
from rounds.challenges.helping.services import end_late, grant_late
from rounds.challenges.models import Challenge
from rounds.challenges.reminders import queue_call_reminders
from rounds.challenges.services import begin_challenge, submit_challenge
from rounds.planning.models import Round

DAY = dt.timedelta(days=1)


@pytest.fixture
def until(call_round: Round) -> dt.datetime:
    return call_round.call_closes_at + 3 * DAY


@pytest.fixture
def permission(
    call_round: Round,
    association: Organisation,
    coordinator: User,
    contact: User,
    until: dt.datetime,
) -> LatePermission:
    return grant_late(
        call_round.pk,
        organisation_id=association.pk,
        until=until,
        reason="Yhdyshenkilö sairastui.",
        actor=coordinator,
    )


class TestDeadline:
    def test_it_is_the_later_of_the_two(
        self,
        call_round: Round,
        permission: LatePermission,
        other_association: Organisation,
        draft: Challenge,
    ) -> None:
        closes = call_round.call_closes_at
        assert closes_at(call_round, permission.organisation_id) == permission.until
        assert closes_at(call_round, other_association.pk) == closes
        annotated = Challenge.objects.annotate(closes_at=DEADLINE)
        assert annotated.get(pk=draft.pk).closes_at == permission.until
        # The calendar may move past the permission.
        Round.objects.update(call_closes_at=permission.until + DAY)
        call_round.refresh_from_db()
        assert closes_at(call_round, permission.organisation_id) == call_round.call_closes_at
        assert annotated.get(pk=draft.pk).closes_at == call_round.call_closes_at

    def test_while_the_call_is_open_nothing_is_asked(
        self, call_round: Round, association: Organisation, django_assert_num_queries: object
    ) -> None:
        with django_assert_num_queries(0):  # type: ignore[operator]
            assert takes_challenges(call_round, association.pk, clock.now())
            before = call_round.call_opens_at - DAY
            assert not takes_challenges(call_round, association.pk, before)

    def test_to_the_second(self, call_round: Round, permission: LatePermission) -> None:
        who, second = permission.organisation_id, dt.timedelta(seconds=1)
        assert takes_challenges(call_round, who, permission.until - second)
        assert not takes_challenges(call_round, who, permission.until)
        assert own_deadline(call_round, [who], permission.until - second) == permission.until
        assert own_deadline(call_round, [who], permission.until) is None

    def test_the_pages_tell_it_to_whom_it_is_given(
        self,
        client: Client,
        call_round: Round,
        permission: LatePermission,
        contact: User,
        other_contact: User,
    ) -> None:
        address = reverse("challenge-new", args=[call_round.slug])
        told = dates.deadline(permission.until)
        with clock.playing_at(call_round.call_closes_at + DAY):
            for person, is_late in ((contact, True), (other_contact, False)):
                client.force_login(person)
                assert (address in client.get(reverse("challenges")).text) == is_late
                page = client.get(address).text
                assert page.count(told) == (2 if is_late else 0)
                assert dates.deadline(call_round.call_closes_at) not in page or not is_late

    def test_begin_and_submit_after_the_call(
        self,
        call_round: Round,
        permission: LatePermission,
        draft: Challenge,
        contact: User,
        other_contact: User,
        other_association: Organisation,
    ) -> None:
        with clock.playing_at(call_round.call_closes_at + DAY):
            begin_challenge(
                call_round.pk, organisation_id=permission.organisation_id, actor=contact
            )
            assert submit_challenge(draft.pk, accepted_terms=True, actor=contact).status == (
                Status.SUBMITTED
            )
            with pytest.raises(CallNotOpen):
                begin_challenge(
                    call_round.pk, organisation_id=other_association.pk, actor=other_contact
                )

    def test_after_the_own_deadline_it_is_over(
        self, permission: LatePermission, draft: Challenge, contact: User
    ) -> None:
        with clock.playing_at(permission.until), pytest.raises(CallClosed):
            submit_challenge(draft.pk, accepted_terms=True, actor=contact)

    def test_drafts_are_reminded_of_their_own_deadline(
        self, call_round: Round, permission: LatePermission, draft: Challenge
    ) -> None:
        # A Wednesday, so that the day before it is a working day.
        until = clock.helsinki(dt.date(2027, 2, 10), 16)
        Round.objects.update(call_closes_at=until - 5 * DAY)
        LatePermission.objects.update(until=until)
        Challenge.objects.update(created_at=clock.now() - 10 * DAY)
        with clock.playing_at(until - DAY / 4):
            assert queue_call_reminders() == 1
        letter = Letter.objects.get(kind="late-draft-reminder")
        assert dates.deadline(until) in letter.text
        assert letter.expires_at == until


class TestGranting:
    def test_the_contact_people_are_told(
        self, permission: LatePermission, contact: User, until: dt.datetime
    ) -> None:
        letter = Letter.objects.get(kind="late-permission")
        assert letter.recipient == contact.email
        assert dates.deadline(until).replace("\xa0", " ") in letter.subject
        assert "Yhdyshenkilö sairastui." in letter.text
        assert reverse("challenge-new", args=[permission.round.slug]) in letter.text

    @pytest.mark.parametrize("language", ["fi", "sv", "en"])
    def test_in_the_readers_language(
        self,
        call_round: Round,
        association: Organisation,
        coordinator: User,
        contact: User,
        until: dt.datetime,
        language: str,
    ) -> None:
        User.objects.filter(pk=contact.pk).update(language=language)
        grant_late(
            call_round.pk,
            organisation_id=association.pk,
            until=until,
            reason="",
            actor=coordinator,
        )
        letter = Letter.objects.get(kind="late-permission")
        with translation.override(language):
            assert dates.deadline(until) in letter.text
        assert letter.language == language

    def test_granting_again_moves_the_deadline(
        self,
        call_round: Round,
        permission: LatePermission,
        coordinator: User,
        until: dt.datetime,
    ) -> None:
        for _press in range(2):
            moved = grant_late(
                call_round.pk,
                organisation_id=permission.organisation_id,
                until=until + DAY,
                reason="",
                actor=coordinator,
            )
        assert (moved.pk, moved.until) == (permission.pk, until + DAY)
        assert Letter.objects.filter(kind="late-permission").count() == 2

    def test_without_accounts_the_register_is_asked(self, association: Organisation) -> None:
        Contact.objects.create(organisation=association, email="a@example.org", language="sv")
        Contact.objects.create(organisation=association, email="b@example.org", no_mail=True)
        assert [(to.email, to.language) for to in recipients_of(association)] == [
            ("a@example.org", "sv")
        ]
        association.no_mail = True
        assert recipients_of(association) == []

    def test_moments_that_make_no_sense(
        self, call_round: Round, association: Organisation, coordinator: User
    ) -> None:
        closes, kickoff = call_round.call_closes_at, call_round.kickoff_on
        for moment, refusal in (
            (closes, LateNotLater),
            (clock.now() - DAY, LateNotLater),
            (clock.helsinki(kickoff, 0), LateTooLate),
        ):
            with pytest.raises(refusal):
                grant_late(
                    call_round.pk,
                    organisation_id=association.pk,
                    until=moment,
                    reason="",
                    actor=coordinator,
                )

    def test_not_before_the_round_is_published(
        self, call_round: Round, association: Organisation, coordinator: User, until: dt.datetime
    ) -> None:
        Round.objects.update(published_at=None)
        with pytest.raises(WrongState):
            grant_late(
                call_round.pk,
                organisation_id=association.pk,
                until=until,
                reason="",
                actor=coordinator,
            )

    @pytest.mark.parametrize("who", ["contact", "staff", "administrator", "stranger"])
    def test_only_the_coordinator(
        self, permission: LatePermission, who: str, request: pytest.FixtureRequest
    ) -> None:
        actor = request.getfixturevalue(who)
        with pytest.raises(NotAllowed):
            grant_late(
                permission.round_id,
                organisation_id=permission.organisation_id,
                until=permission.until,
                reason="",
                actor=actor,
            )
        with pytest.raises(NotAllowed):
            end_late(permission.pk, actor=actor)

    def test_taking_back(
        self, call_round: Round, permission: LatePermission, coordinator: User
    ) -> None:
        end_late(permission.pk, actor=coordinator)
        assert closes_at(call_round, permission.organisation_id) == call_round.call_closes_at


class TestPage:
    @pytest.fixture(autouse=True)
    def _signed_in(self, client: Client, coordinator: User) -> None:
        client.force_login(coordinator)

    def post(self, client: Client, round_: Round, **changed: str) -> dict[str, object]:
        until = round_.call_closes_at + 2 * DAY
        values = {"organisation": "", "day": until.date().isoformat(), "time": "16:00"}
        response = client.post(reverse("round-late", args=[round_.slug]), {**values, **changed})
        context = response.context or {}
        return {
            "status": response.status_code,
            "text": response.content.decode(),
            **{key: context.get(key) for key in ("form", "people", "permission")},
        }

    def test_it_shows_the_letter_before_sending(
        self, client: Client, call_round: Round, association: Organisation, contact: User
    ) -> None:
        page = self.post(client, call_round, organisation="esimerkkiyhdistys")
        assert [to.email for to in page["people"]] == [contact.email]  # type: ignore[attr-defined]
        assert 'name="confirmed"' in str(page["text"])
        assert not LatePermission.objects.exists()
        assert not Letter.objects.exists()
        page = self.post(client, call_round, organisation="Esimerkkiyhdistys ry", confirmed="1")
        assert page["status"] == 302
        granted = LatePermission.objects.get()
        assert granted.organisation == association
        assert clock.helsinki(granted.until.date(), 16) == granted.until
        listed = client.get(reverse("round-late", args=[call_round.slug])).content.decode()
        assert reverse("late-end", args=[call_round.slug, granted.pk]) in listed

    def test_names_that_several_have(
        self, client: Client, call_round: Round, association: Organisation
    ) -> None:
        Organisation.objects.create(name="Esimerkkiyhdistys ry")
        page = self.post(client, call_round, organisation="esimerkki")
        (error,) = page["form"].errors["organisation"]  # type: ignore[attr-defined]
        assert "9000001-1" in error
        assert not LatePermission.objects.exists()
        page = self.post(client, call_round, organisation="Esimerkkiyhdistys ry (9000001-1)")
        assert page["permission"].organisation == association  # type: ignore[attr-defined]

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"organisation": "Olematon ry"}, "organisation"),
            ({"organisation": ""}, "organisation"),
            ({"organisation": "a\x00"}, "organisation"),
            ({"organisation": "x" * 10_000}, "organisation"),
            ({"organisation": "Esimerkkiyhdistys ry", "day": "31.2.2026"}, "day"),
            ({"organisation": "Esimerkkiyhdistys ry", "day": "2020-01-01"}, "day"),
            ({"organisation": "Esimerkkiyhdistys ry", "day": "9999-12-31"}, "day"),
            ({"organisation": "Esimerkkiyhdistys ry", "day": "0001-01-01"}, "day"),
            ({"organisation": "Esimerkkiyhdistys ry", "time": "25:00"}, "time"),
            ({"organisation": "Esimerkkiyhdistys ry", "reason": "x" * 501}, "reason"),
        ],
    )
    def test_bad_input(
        self,
        client: Client,
        call_round: Round,
        association: Organisation,
        changed: dict[str, str],
        field: str,
    ) -> None:
        page = self.post(client, call_round, confirmed="1", **changed)
        assert page["status"] == 200
        assert field in page["form"].errors  # type: ignore[attr-defined]
        assert page["form"][field].value() == changed[field]  # type: ignore[index]
        assert not LatePermission.objects.exists()

    def test_nobody_to_write_to(
        self, client: Client, call_round: Round, other_association: Organisation
    ) -> None:
        page = self.post(client, call_round, organisation=other_association.name)
        assert page["people"] == []
        page = self.post(client, call_round, organisation=other_association.name, confirmed="1")
        assert LatePermission.objects.exists()

    def test_taking_back(
        self, client: Client, call_round: Round, permission: LatePermission
    ) -> None:
        url = reverse("late-end", args=[call_round.slug, permission.pk])
        assert client.get(url).status_code == 405
        assert client.post(url).status_code == 302
        listed = client.get(reverse("round-late", args=[call_round.slug]))
        assert list(listed.context["permissions"]) == []
        assert client.post(reverse("late-end", args=[call_round.slug, 0])).status_code == 404

    @pytest.mark.parametrize("rows", [1, 3])
    def test_queries(
        self,
        client: Client,
        call_round: Round,
        until: dt.datetime,
        coordinator: User,
        rows: int,
        django_assert_num_queries: object,
    ) -> None:
        for number in range(rows):
            organisation = Organisation.objects.create(name=f"Yhdistys {number} ry")
            LatePermission.objects.create(
                round=call_round, organisation=organisation, until=until, granted_by=coordinator
            )
        url = reverse("round-late", args=[call_round.slug])
        client.get(url)
        with django_assert_num_queries(7):  # type: ignore[operator]
            client.get(url)
