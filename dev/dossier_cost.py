"""The CPU time of one packet's dossier, in a process that does nothing else."""

from __future__ import annotations

from typing import Any

from dev import own_servers
from dev.rows import Row, row

BAR_SECONDS = 3.0
TEXT = "Vapaaehtoisemme tapaavat viikoittain iäkkäitä, joista moni on ilman läheisiä. "


def dossier_figures() -> list[Row]:
    """Make the dossier of eight challenges and weigh it."""
    own_servers.start()
    own_servers.prepare_django()
    cost = measure()
    return [
        row("dossier of 8 challenges, first in a process (CPU)", cost["first"],
            BAR_SECONDS, unit="s"),
        row("dossier of 8 challenges, next in the same process (CPU)", cost["again"],
            BAR_SECONDS, unit="s"),
    ]  # fmt: skip


def measure() -> dict[str, float]:
    """Return the CPU seconds of two dossiers; the sample round is rolled back afterwards."""
    from django.db import transaction

    from dev.full_round import finished_round, own_partnership

    with transaction.atomic():
        partnership, coordinator, teacher = own_partnership()
        round_ = finished_round(partnership, coordinator, teacher)
        packet = _sent(round_, coordinator)
        cost = {"first": _cpu(packet, coordinator), "again": _cpu(packet, coordinator)}
        transaction.set_rollback(True)
    return cost


def _sent(round_: Any, coordinator: Any) -> Any:
    """Propose all eight challenges with texts as long as people write them."""
    from rounds.selection.models import Assessment
    from rounds.selection.services import PacketItem, send_packet

    round_.challenges.update(
        status="submitted", announced_at=None, summary=TEXT * 5, need=TEXT * 20,
        change_sought=TEXT * 8, target_group=TEXT * 2, support_hours=2,
        hoped_fields=["social", "health"], funding_thought="not_yet", is_national=True,
    )  # fmt: skip
    Assessment.objects.filter(challenge__round=round_).update(comment=TEXT * 4)
    items = [
        PacketItem(pk, "confirmed" if place < round_.capacity else "reserve", TEXT * 3)
        for place, pk in enumerate(round_.challenges.values_list("pk", flat=True))
    ]
    return send_packet(round_.pk, items=items, message=TEXT, actor=coordinator)


def _cpu(packet: Any, user: Any) -> float:
    """Return the CPU seconds of one dossier, the first with WeasyPrint's import."""
    from time import process_time

    started = process_time()
    from rounds.selection.proposing.dossier import sent_dossier
    from rounds.selection.proposing.dossier_pdf import dossier_pdf

    dossier_pdf(sent_dossier(packet, user), "fi")
    return process_time() - started
