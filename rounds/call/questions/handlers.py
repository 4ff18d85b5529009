"""What the form hears: a round that is made as a copy of another asks what that one asked."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from minno_portal.public_pages import depends_on
from rounds.call.questions.models import OwnQuestion
from rounds.call.questions.services import copy_questions
from rounds.planning.models import Round
from rounds.planning.signals import round_created

depends_on(OwnQuestion)


@receiver(round_created)
def give_questions(
    sender: Any,
    *,
    round: Round,  # noqa: A002 (the signal's word)
    source: Round | None = None,
    **kwargs: Any,
) -> None:
    """Give a copied round the own questions of its source."""
    if source is not None:
        copy_questions(source, round)
