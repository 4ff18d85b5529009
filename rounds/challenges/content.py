"""A challenge's text as plain data: what versions keep, what completeness and comparing look at."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rounds.call.models import SpecificObjective
from rounds.challenges.errors import Missing
from rounds.challenges.models import Challenge
from rounds.challenges.sections import QUESTIONS, SECTION_OF_FIELD


def snapshot(challenge: Challenge) -> dict[str, Any]:
    """Return everything the association wrote, as JSON can keep it.

    Areas, fund and objective are kept by their public codes, so that a version can be read when
    the rows have changed.
    """
    content = {name: _plain(challenge, name) for name in QUESTIONS}
    content["language"] = challenge.language
    return content


def _plain(challenge: Challenge, name: str) -> Any:
    if name == "counties":
        return sorted(challenge.counties.values_list("pk", flat=True))
    if name == "fund":
        return challenge.fund_id
    if name == "objective":
        return challenge.objective.code if challenge.objective else None
    value = getattr(challenge, name)
    return str(value) if isinstance(value, Decimal) else value


def restore(content: dict[str, Any]) -> dict[str, Any]:
    """Return the values of `content` (see `snapshot`) as they are written back to a challenge."""
    values = {name: content[name] for name in QUESTIONS}
    if values["support_hours"] is not None:
        values["support_hours"] = Decimal(values["support_hours"])
    values["objective"] = SpecificObjective.objects.filter(
        fund=content["fund"], code=content["objective"]
    ).first()
    return values


def missing_points(content: dict[str, Any]) -> list[Missing]:
    """Return what submitting `content` (see `snapshot`) still needs, in the order of the form."""
    return [
        Missing(SECTION_OF_FIELD[name], name, question.missing)
        for name, question in QUESTIONS.items()
        if question.is_required and _is_empty(content, name)
    ]


def _is_empty(content: dict[str, Any], name: str) -> bool:
    if name == "counties" and content["is_national"]:
        return False
    value = content[name]
    return value.strip() == "" if isinstance(value, str) else value in (None, [])
