"""What the selection hears from other steps and tells the first page and the reminders."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from minno_portal.public_pages import depends_on
from rounds.call.sections import Section
from rounds.challenges.beside_form import provides_beside_form
from rounds.challenges.helping.history.sources import tells_history
from rounds.planning.models import Round
from rounds.planning.signals import round_created
from rounds.selection import exports, history, reminders, table, waiting
from rounds.selection.assessing import reminders as assess_reminders
from rounds.selection.assessing import waiting as assess_waiting
from rounds.selection.criteria import add_default_criteria, copy_criteria
from rounds.selection.deciding import handlers as deciding
from rounds.selection.models import Criterion
from rounds.selection.proposing import waiting as proposing

__all__ = [
    "assess_reminders",
    "assess_waiting",
    "criteria_of",
    "deciding",
    "exports",
    "give_criteria",
    "proposing",
    "reminders",
    "table",
    "waiting",
]

# The form that anybody can read names what challenges are assessed by.
depends_on(Criterion)

tells_history(*history.SOURCES)


@provides_beside_form
def criteria_of(round_: Round) -> Section:
    """Tell beside the form what challenges are assessed by."""
    return Section(
        _("How the challenges are assessed"),
        "rounds/selection/_public_criteria.html",
        list(round_.criteria.all()),
    )


@receiver(round_created)
def give_criteria(
    sender: Any,
    *,
    round: Round,  # noqa: A002 (the signal's word)
    source: Round | None = None,
    **kwargs: Any,
) -> None:
    """Give every new round criteria: those of the round it is a copy of, or the five."""
    if source is None or not copy_criteria(source, round):
        add_default_criteria(round)
