"""What the selection hears from other steps and tells the first page and the reminders."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from minno_portal.public_pages import depends_on
from rounds.planning.models import Round
from rounds.planning.signals import round_created
from rounds.selection import reminders, waiting
from rounds.selection.criteria import add_default_criteria
from rounds.selection.models import Criterion

__all__ = ["give_default_criteria", "reminders", "waiting"]

# The form that anybody can read names what challenges are assessed by.
depends_on(Criterion)


@receiver(round_created)
def give_default_criteria(sender: Any, *, round: Round, **kwargs: Any) -> None:  # noqa: A002
    """Give every new round the five criteria."""
    add_default_criteria(round)
