"""Submitting: numbers, versions, receipts, the deadline."""

from __future__ import annotations

import datetime as dt

import pytest

from minno_portal import clock
from minno_portal.errors import NotAllowed, WrongState
from minno_portal.outbox.models import Letter
from organisations.models import User
from rounds.call.terms import PRIVACY_VERSION, TERMS_VERSION
from rounds.challenges.enums import Status
from rounds.challenges.errors import CallClosed, CompletionOver, Incomplete, TermsNotAccepted
from rounds.challenges.models import Challenge, Revision
from rounds.challenges.services import ask_completion, submit_challenge

SECOND = dt.timedelta(seconds=1)


def submit(challenge: Challenge, actor: User, **kwargs: bool) -> Challenge:
    return submit_challenge(challenge.pk, accepted_terms=kwargs.get("terms", True), actor=actor)


def test_submitting_gives_a_reference_a_version_and_a_receipt(
    draft: Challenge, contact: User
) -> None:
    challenge = submit(draft, contact)

    assert challenge.status == Status.SUBMITTED
    assert challenge.number == 1
    assert challenge.reference == f"MINNO-1-{draft.round.year}-01"
    assert challenge.terms_version == TERMS_VERSION
    assert challenge.privacy_version == PRIVACY_VERSION
    assert challenge.terms_accepted_by == contact
    revision = Revision.objects.get(challenge=challenge)
    assert (revision.number, revision.submitted_by) == (1, contact)
    assert revision.content["title"] == draft.title
    assert revision.content["counties"] == []
    letter = Letter.objects.get(kind="receipt")
    assert letter.recipient == contact.email
    assert challenge.reference in letter.subject
    assert challenge.title in letter.text
    assert f"/challenges/{challenge.pk}/" in letter.text
    assert letter.thread == draft.round.slug
    assert letter.reply_to == draft.round.partnership.reply_to


def test_the_deputy_gets_a_receipt_in_the_language_they_chose(
    draft: Challenge, contact: User, colleague: User
) -> None:
    User.objects.filter(pk=colleague.pk).update(language="en")
    Challenge.objects.filter(pk=draft.pk).update(deputy_email=colleague.email.upper())

    submit(draft, contact)

    letters = {letter.recipient: letter for letter in Letter.objects.filter(kind="receipt")}
    assert letters.keys() == {contact.email, colleague.email}
    assert letters[contact.email].language == "fi"
    assert letters[colleague.email].language == "en"
    assert "Your challenge has arrived" in letters[colleague.email].subject


def test_a_second_press_changes_nothing(draft: Challenge, contact: User) -> None:
    first = submit(draft, contact)
    second = submit(draft, contact)

    assert second.reference == first.reference
    assert Revision.objects.count() == 1
    assert Letter.objects.filter(kind="receipt").count() == 1


def test_everything_missing_is_named(draft: Challenge, contact: User) -> None:
    Challenge.objects.filter(pk=draft.pk).update(
        title="  ", hoped_outputs=[], is_national=False, support_hours=None
    )

    with pytest.raises(Incomplete) as refusal:
        submit(draft, contact)

    points = [(point.section, point.field) for point in refusal.value.missing]
    assert points == [
        ("challenge", "title"),
        ("challenge", "hoped_outputs"),
        ("team", "support_hours"),
        ("funding", "counties"),
    ]
    assert all(str(point.sentence) for point in refusal.value.missing)
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT
    assert draft.round.last_reference == 0


def test_an_area_is_as_good_as_the_whole_country(draft: Challenge, contact: User) -> None:
    Challenge.objects.filter(pk=draft.pk).update(is_national=False)
    draft.counties.set(["02", "01"])

    submit(draft, contact)

    assert Revision.objects.get().content["counties"] == ["01", "02"]


def test_terms_are_needed(draft: Challenge, contact: User) -> None:
    with pytest.raises(TermsNotAccepted):
        submit(draft, contact, terms=False)


@pytest.mark.parametrize(
    "who", ["other_contact", "coordinator", "staff", "administrator", "stranger"]
)
def test_only_the_association_submits(
    draft: Challenge, who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NotAllowed):
        submit(draft, request.getfixturevalue(who))


def test_the_last_moment_before_the_deadline_is_in_time(draft: Challenge, contact: User) -> None:
    with clock.playing_at(draft.round.call_closes_at - SECOND):
        assert submit(draft, contact).status == Status.SUBMITTED


def test_the_deadline_itself_is_too_late(draft: Challenge, contact: User) -> None:
    with clock.playing_at(draft.round.call_closes_at), pytest.raises(CallClosed):
        submit(draft, contact)
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_an_unpublished_round_takes_nothing(draft: Challenge, contact: User) -> None:
    draft.round.published_at = None
    draft.round.save()
    with pytest.raises(CallClosed):
        submit(draft, contact)


def test_a_withdrawn_challenge_cannot_be_submitted(draft: Challenge, contact: User) -> None:
    Challenge.objects.filter(pk=draft.pk).update(status=Status.WITHDRAWN)
    with pytest.raises(WrongState):
        submit(draft, contact)


def test_completing_after_the_deadline_of_the_call_gives_a_second_version(
    draft: Challenge, contact: User, coordinator: User
) -> None:
    first = submit(draft, contact)
    due_on = draft.round.call_closes_at.date() + dt.timedelta(days=7)
    ask_completion(draft.pk, comment="Kenelle?", due_on=due_on, actor=coordinator)

    with clock.playing_at(clock.helsinki(due_on, 15, 59)):
        again = submit(draft, contact, terms=False)

    assert again.status == Status.SUBMITTED
    assert again.completion_due_at is None
    assert again.reference == first.reference
    assert again.submitted_at == first.submitted_at
    assert [revision.number for revision in again.revisions.all()] == [1, 2]
    kinds = Letter.objects.filter(kind__endswith="receipt").order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == ["receipt", "completion-receipt"]


def test_completing_too_late_is_refused(draft: Challenge, contact: User, coordinator: User) -> None:
    submit(draft, contact)
    due_on = clock.today() + dt.timedelta(days=2)
    ask_completion(draft.pk, comment="Kenelle?", due_on=due_on, actor=coordinator)

    with clock.playing_at(clock.helsinki(due_on, 16)), pytest.raises(CompletionOver):
        submit(draft, contact)


def test_a_withdrawn_number_is_not_given_again(
    draft: Challenge, contact: User, other_contact: User
) -> None:
    submit(draft, contact)
    Challenge.objects.filter(pk=draft.pk).update(status=Status.WITHDRAWN)
    second = Challenge.objects.get(pk=draft.pk)
    second.pk, second.status, second.number, second.reference = None, Status.DRAFT, None, ""
    second.submitted_at = None
    second.save()

    assert submit(second, contact).number == 2
