"""The sample year plays through the services and leaves a believable portal behind."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError

from demo.letters import CLOSED, FULL
from demo.people import BY_KEY, CAST
from demo.play import play
from minno_portal import clock
from minno_portal.outbox.enums import State
from minno_portal.outbox.models import FailingAddress, Letter
from organisations.models import Membership, Organisation, User
from rounds.call.campaigns.enums import Status as CampaignStatus
from rounds.call.campaigns.models import Campaign
from rounds.challenges.attachments.models import Attachment
from rounds.challenges.enums import Status
from rounds.feedback.results import SMALLEST_GROUP
from rounds.models import Challenge, FeedbackAnswer, Outcome, Round
from rounds.planning.enums import Stage

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("reference_data"),
]


# The year must not go stale: it is played on days of every season, a leap day among them.
@pytest.mark.parametrize("day", ["2026-11-21", "2027-07-14", "2028-02-29", "2026-12-31"])
def test_the_year_is_believable_on_any_day(day: str) -> None:
    moment = dt.datetime.fromisoformat(f"{day}T12:00:00+02:00")
    with time_machine.travel(moment):
        play()
        stages = {made.code: made.stage for made in Round.objects.all()}
        old = Round.objects.get(year=2022)
        assert stages.pop(old.code) == Stage.FINISHED
        assert sorted(stages.values()) == [Stage.FINISHED, Stage.OPEN, Stage.SELECTION]
        assert old.challenges.count() == 6
        assert old.challenges.filter(organisation=old.partnership.coordinator).count() == 3
        _check_selection()
        assert Challenge.objects.filter(status=Status.DRAFT).count() == 1
        _check_what_waits()
        assert Outcome.objects.public().count() == 3
        shown = FeedbackAnswer.objects.filter(role="association").count()
        assert shown >= SMALLEST_GROUP
        assert not Letter.objects.filter(created_at__gt=clock.now()).exists()
        _check_letters()
    assert {person.email for person in CAST} <= set(User.objects.values_list("email", flat=True))


def _check_selection() -> None:
    made = next(one for one in Round.objects.all() if one.stage == Stage.SELECTION)
    statuses = set(made.challenges.values_list("status", flat=True))
    assert statuses == {
        Status.CONFIRMED,
        Status.PROPOSED,
        Status.SUBMITTED,
        Status.RESERVE,
        Status.NEEDS_COMPLETION,
    }


def _check_letters() -> None:
    """Nothing is left on its way; one letter and a campaign wait, two letters did not arrive."""
    exceptions = Letter.objects.exclude(state__in=(State.SENT, State.QUEUED))
    assert sorted(exceptions.values_list("state", "recipient")) == [
        (State.BOUNCED, FULL[2]),
        (State.FAILED, CLOSED[2]),
        (State.HELD, BY_KEY["association"].email),
    ]
    assert [each.address for each in FailingAddress.objects.all()] == [CLOSED[2]]
    lost = Letter.objects.not_arrived()
    assert all(letter.attempts == 1 and letter.last_error for letter in lost)
    held = Campaign.objects.get(status=CampaignStatus.HELD)
    assert held.round.stage == Stage.OPEN


def _check_what_waits() -> None:
    """A new association and a person wait for approval, and a file came with a challenge."""
    new = Organisation.objects.get(awaits_approval=True)
    assert new.memberships.get().awaits_approval is False
    claim = Membership.objects.get(awaits_approval=True)
    assert not claim.organisation.awaits_approval
    sent = Attachment.objects.get()
    version = sent.challenge.revisions.order_by("number").last()
    assert [each["name"] for each in version.content["attachments"]] == [sent.name]


def test_outside_the_demo_there_is_no_such_command() -> None:
    with pytest.raises(CommandError, match="Unknown command"):
        call_command("sample_year")
