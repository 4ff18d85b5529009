"""A register of a few associations, and a campaign that waits for sending."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from organisations.models import Contact, Organisation, User
from rounds.call.campaigns import sending, services
from rounds.call.campaigns.audience import Filters
from rounds.call.campaigns.composing import ready_text
from rounds.call.campaigns.models import Campaign
from rounds.planning.models import Round

MakeCampaign = Callable[..., Campaign]
LANGUAGES = ("fi", "sv", "en")


@pytest.fixture(autouse=True)
def no_tasks(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Let nothing run by itself, unless a test brings a queue of its own."""
    if "private_queue" in request.fixturenames:
        return
    for task in (
        "rounds.call.campaigns.tasks.send",
        "minno_portal.outbox.tasks.deliver",
        "minno_portal.outbox.tasks.deliver_bulk",
    ):
        monkeypatch.setattr(f"{task}.delay_on_commit", lambda *_ids: None)


def register(count: int, *, start: int = 1) -> list[Contact]:
    """Bring associations to the register, each with a contact person; languages take turns."""
    organisations = Organisation.objects.bulk_create(
        Organisation(name=f"Yhdistys {number:04d} ry") for number in range(start, start + count)
    )
    return Contact.objects.bulk_create(
        Contact(
            organisation=organisation,
            name=f"Henkilö {number}",
            email=f"person{number}@example.org",
            language=LANGUAGES[number % 3],
        )
        for number, organisation in enumerate(organisations, start=start)
    )


def wanted(purpose: str, round_: Round, **changes: Any) -> dict[str, Any]:
    """Return what a coordinator gives for a new campaign."""
    return {
        "purpose": purpose,
        "texts": {each: ready_text(purpose, round_, each) for each in LANGUAGES},
        "filters": Filters(),
        "is_ready": True,
        **changes,
    }


@pytest.fixture
def make_campaign(call_round: Round, coordinator: User) -> MakeCampaign:
    def make(purpose: str = "call", **changes: Any) -> Campaign:
        return services.begin_campaign(
            call_round.pk, actor=coordinator, **wanted(purpose, call_round, **changes)
        )

    return make


def send_now(campaign: Campaign, user: User) -> Campaign:
    """Send a campaign as the page does: with what is to be seen now."""
    seen = services.mark_of(campaign, services.audience_now(campaign, user))
    return services.send_campaign(campaign.pk, seen=seen, actor=user)


def write_all(campaign: Campaign) -> None:
    """Write every letter into the outbox."""
    while sending.write_batch(campaign.pk):
        pass
