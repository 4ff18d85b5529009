"""What a new round takes along from an earlier one, and what the page says of it beforehand.

Planning copies what is its own; later steps copy theirs when they hear `round_created` with the
source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, Q

from minno_portal.languages import language_name
from minno_portal.outbox.models import LetterText
from rounds.planning.models import Phase, Round
from rounds.planning.phases import PHASES

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class Luggage:
    """What comes along from `source`, in numbers; the page puts it in words."""

    source: Round
    own_questions: int
    changed_fields: int
    criteria: int
    letters: int
    languages: tuple[str, ...]


def luggage_of(source: Round) -> Luggage:
    """Count what a copy of `source` would bring (two queries).

    Questions and criteria are reached through the round's own relations: this step stands below
    those that keep them.
    """
    asked = Q(own_questions__is_hidden=False)
    found = (
        Round.objects.filter(pk=source.pk)
        .order_by()
        .annotate(
            asked=Count("own_questions", filter=asked, distinct=True),
            judged_by=Count("criteria", distinct=True),
        )
        .values("asked", "judged_by", *(f"intro_{code}" for code in LANGUAGES))
        .get()
    )
    return Luggage(
        source=source,
        own_questions=found["asked"],
        changed_fields=len(source.field_rules),
        criteria=found["judged_by"],
        letters=LetterText.objects.of([source]).count(),
        languages=tuple(language_name(code) for code in LANGUAGES if found[f"intro_{code}"]),
    )


def texts_of(source: Round | None) -> dict[str, Any]:
    """Return the fields of a new round that are the source's: texts, rules, ways of working."""
    if source is None:
        return {}
    texts = {f"intro_{code}": getattr(source, f"intro_{code}") for code in LANGUAGES}
    return {
        **texts,
        "field_rules": dict(source.field_rules),
        "assesses_unseen": source.assesses_unseen,
    }


def add_phases(round_: Round, source: Round | None) -> None:
    """Give a new round its ten phases, with the source's estimates where there is a source."""
    estimates = {template.key.value: template.estimated_days for template in PHASES}
    if source is not None:
        estimates |= dict(source.phases.values_list("key", "estimated_days"))
    Phase.objects.bulk_create(
        Phase(
            round=round_,
            number=template.number,
            key=template.key,
            estimated_days=estimates[template.key.value],
        )
        for template in PHASES
    )
