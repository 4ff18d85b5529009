"""Helping a challenge into shape in Chromium: what the coordinator does, and what it gets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from minno_portal import clock
from organisations.models import Organisation, User
from rounds.challenges.enums import Status, Visibility
from rounds.challenges.helping.enums import QualityPoint, Verdict
from rounds.challenges.helping.models import CompletionPoint, LatePermission
from rounds.challenges.services import submit_challenge
from rounds.models import Challenge, Round
from tests.journeys.visitor import Visitor
from tests.scene import challenge_in
from tests.workers import wait_until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("reference_data", "private_queue"),
]

MakeVisitor = Callable[..., Visitor]
NARROW = 360
POINTS = ("Ketkä tekevät kotikäynnit?", "Montako iäkästä tavataan?")
SAID = {
    Visibility.ASSOCIATION: "Hieno aihe, pieni tarkennus vielä.",
    Visibility.PARTIES: "Sopisi päivämuodon tiimille.",
    Visibility.SELF: "Soitan torstaina.",
}
BEFORE = "Kotikäynnit tekee koulutettu henkilökunta."
AFTER = "Kotikäynnit tekee koulutettu vapaaehtoinen."
LIKE = "Yksinäisyyden tunnistaminen kotihoidossa"
WIDTH = "() => document.documentElement.scrollWidth"


@pytest.fixture
def submitted(draft: Challenge, contact: User, coordinator: User) -> Challenge:
    """A challenge that waits for the coordinator; names are no words of the interface."""
    for person, name in ((contact, "Kerttu K."), (coordinator, "Kaisa K.")):
        User.objects.filter(pk=person.pk).update(name=name)
    Challenge.objects.filter(pk=draft.pk).update(need=BEFORE)
    return submit_challenge(draft.pk, accepted_terms=True, actor=contact)


@pytest.fixture
def like(
    submitted: Challenge, draft: Challenge, coordinator: User, other_association: Organisation
) -> Challenge:
    """Another association's challenge about the same thing."""
    made = challenge_in(Status.SUBMITTED, draft, coordinator, number=9)
    Challenge.objects.filter(pk=made.pk).update(title=LIKE, organisation=other_association)
    return made


@pytest.fixture
def unfinished(
    draft: Challenge, coordinator: User, other_association: Organisation, other_contact: User
) -> Challenge:
    """Another association's draft that did not make it in time."""
    User.objects.filter(pk=other_contact.pk).update(name="Oiva O.")
    made = challenge_in(Status.DRAFT, draft, coordinator, number=0)
    Challenge.objects.filter(pk=made.pk).update(
        organisation=other_association, created_by=other_contact, contact_email=other_contact.email
    )
    return made


def window(visitor: MakeVisitor, user: User, width: int = 1280) -> Visitor:
    """Return the window of somebody who has signed in."""
    person = visitor(user.email, width=width)
    person.enter(user)
    return person


def comment(coordinator: Visitor, challenge: Challenge) -> None:
    """Say something in each visibility."""
    coordinator.open(f"/challenges/{challenge.pk}/")
    for visibility, body in SAID.items():
        coordinator.fill(body=body)
        coordinator.tick(("visibility", visibility.value))
        coordinator.press("Add the comment")
    for body in SAID.values():
        coordinator.sees(body)


def check_quality(coordinator: Visitor, challenge: Challenge) -> None:
    """Look at the five points; one of them is not told yet."""
    coordinator.press("Quality check", within="nav.tabs")
    for point in QualityPoint:
        missing = point == QualityPoint.TARGET_GROUP
        verdict = Verdict.MISSING if missing else Verdict.GOOD
        coordinator.tick((f"{point.value}_verdict", verdict.value))
    coordinator.fill(target_group_note=POINTS[1])
    coordinator.press("Save the quality check")
    assert challenge.quality_marks.count() == len(QualityPoint)


def ask(coordinator: Visitor, challenge: Challenge) -> None:
    """Ask for two points: the quality check's, and one more."""
    coordinator.press("Ask to complete from these")
    points = coordinator.page.locator("[name=points]")
    assert points.input_value() == POINTS[1]
    coordinator.fill(points="\n".join(POINTS), comment=SAID[Visibility.ASSOCIATION])
    name = challenge.organisation.shown_name
    coordinator.press("Send to %(organisation)s", organisation=name)
    coordinator.sees(POINTS[0])


def tick(association: Visitor, text: str) -> None:
    """Tick a point off where it stands."""
    place: Locator = association.page.locator("#points li").filter(has_text=text)
    place.get_by_role("button").click()
    expect(association.page.locator("#points li.done").filter(has_text=text)).to_be_visible()


def complete(association: Visitor, challenge: Challenge) -> None:
    """Tick the points off, change the text and submit it again, on a telephone."""
    association.open(f"/challenges/{challenge.pk}/")
    association.sees(SAID[Visibility.ASSOCIATION])
    shown = association.page.locator("body").inner_text()
    assert SAID[Visibility.PARTIES] not in shown
    assert SAID[Visibility.SELF] not in shown
    tick(association, POINTS[0])
    association.open(f"/challenges/{challenge.pk}/edit/challenge/")
    association.fill(need=AFTER)
    tick(association, POINTS[1])
    association.press("Save now")
    association.open(f"/challenges/{challenge.pk}/submit/")
    association.press("Submit the challenge", within=".action-bar")
    challenge.refresh_from_db()
    assert (challenge.status, challenge.need) == (Status.SUBMITTED, AFTER)
    assert not CompletionPoint.objects.filter(done_at=None).exists()


def compare(coordinator: Visitor, challenge: Challenge) -> None:
    """See word by word what changed, and what others have written of the same thing."""
    coordinator.open(f"/challenges/{challenge.pk}/compare/")
    changed = coordinator.page.locator(".compared")
    expect(changed.locator("del")).to_contain_text("henkilökunta")
    expect(changed.locator("ins")).to_contain_text("vapaaehtoinen")
    coordinator.press("Similar", within="nav.tabs")
    coordinator.sees(LIKE)


def test_a_challenge_is_helped_into_shape(
    visitor: MakeVisitor,
    submitted: Challenge,
    like: Challenge,
    contact: User,
    coordinator: User,
) -> None:
    helper, giver = window(visitor, coordinator), window(visitor, contact, NARROW)
    comment(helper, submitted)
    check_quality(helper, submitted)
    ask(helper, submitted)
    complete(giver, submitted)
    assert giver.page.evaluate(WIDTH) <= NARROW
    compare(helper, submitted)


def permit(coordinator: Visitor, round_: Round, association: Organisation) -> None:
    """Give one association two more days, having read the letter."""
    coordinator.open(f"/manage/rounds/{round_.slug}/late/")
    day = clock.today() + dt.timedelta(days=2)
    coordinator.fill(organisation=association.name, day=day.isoformat(), reason="Sairastuminen")
    coordinator.press("Look at the letter")
    coordinator.press("Give the permission and send the letter")
    coordinator.sees(association.name)


def test_who_has_a_late_permission_submits_after_the_deadline(
    visitor: MakeVisitor,
    call_round: Round,
    unfinished: Challenge,
    other_association: Organisation,
    other_contact: User,
    coordinator: User,
) -> None:
    User.objects.filter(pk=coordinator.pk).update(name="Kaisa K.")
    Round.objects.update(call_closes_at=clock.now() - dt.timedelta(minutes=1))
    giver = window(visitor, other_contact, NARROW)
    giver.open(f"/challenges/{unfinished.pk}/submit/")
    assert giver.page.locator("#submit-form").count() == 0
    permit(window(visitor, coordinator), call_round, other_association)
    assert LatePermission.objects.get().organisation == other_association
    giver.page.reload()
    giver.tick("accepts_terms")
    giver.press("Submit the challenge", within=".action-bar")
    assert giver.page.evaluate(WIDTH) <= NARROW
    submitted = Challenge.objects.filter(pk=unfinished.pk, status=Status.SUBMITTED)
    wait_until(submitted.exists, what="it was not submitted")
