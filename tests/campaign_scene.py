"""What an address of a campaign can be about, made anew for each test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minno_portal import clock
from rounds.call.campaigns import links
from rounds.call.campaigns.enums import Status
from rounds.call.campaigns.models import Campaign, CampaignRecipient
from tests.scene import Scene


def _campaign(scene: Scene, status: Status, **values: Any) -> Campaign:
    return Campaign.objects.create(
        round=scene.round,
        purpose="call",
        status=status,
        subject_fi="Haku {code}",
        text_fi="{greeting}\n\nLue: {link}\n\n{sign_off}",
        **values,
    )


def _sending(scene: Scene) -> Campaign:
    moment = clock.now()
    campaign = _campaign(scene, Status.SENDING, approved_at=moment)
    CampaignRecipient.objects.create(
        campaign=campaign, organisation=scene.organisation, address="a@example.org", language="fi"
    )
    return campaign


def _held(scene: Scene) -> list[Any]:
    return [scene.round.slug, _campaign(scene, Status.HELD).pk]


def _sent(scene: Scene) -> list[Any]:
    return [scene.round.slug, _sending(scene).pk]


def _reader(scene: Scene) -> int:
    return int(_sending(scene).recipients.get().pk)


CAMPAIGNS: dict[str, Callable[[Scene], list[Any]]] = {
    "purpose": lambda scene: [scene.round.slug, "call"],
    "campaign": _held,
    "sent campaign": _sent,
    "campaign sheet": lambda scene: [*_sent(scene), "xlsx"],
    "campaign link": lambda scene: [links.visit_token(_reader(scene))],
    "unsubscribing": lambda scene: [links.unsubscribe_token(_reader(scene))],
}
