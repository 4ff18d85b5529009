"""A challenge's text as plain data: what versions keep, what completeness and comparing look at."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rounds.call.models import SpecificObjective
from rounds.call.questions.standard import STANDARD, Question
from rounds.challenges.errors import Missing
from rounds.challenges.models import Challenge
from rounds.challenges.own_answers import PREFIX
from rounds.challenges.sections import form_of
from rounds.planning.models import Round

ATTACHMENTS = "attachments"


def snapshot(challenge: Challenge) -> dict[str, Any]:
    """Return everything the association wrote, as JSON can keep it.

    Only what the round asks is in it, so that an old version still says what was asked then.
    Areas, fund and objective are kept by their public codes, so that a version can be read when
    the rows have changed.
    """
    content = {
        name: _plain(challenge, name)
        for name, question in form_of(challenge.round).questions.items()
        if not question.is_file
    }
    content["language"] = challenge.language
    content[ATTACHMENTS] = _attachments(challenge)
    return content


def _plain(challenge: Challenge, name: str) -> Any:
    if name.startswith(PREFIX):
        return challenge.own_answers.get(name)
    if name == "counties":
        if challenge.pk is None:
            return []
        return sorted(challenge.counties.values_list("pk", flat=True))
    if name == "fund":
        return challenge.fund_id
    if name == "objective":
        return challenge.objective.code if challenge.objective else None
    value = getattr(challenge, name)
    return str(value) if isinstance(value, Decimal) else value


def _attachments(challenge: Challenge) -> list[dict[str, Any]]:
    if challenge.pk is None:
        return []
    names = ("id", "name", "size", "sha256", "question")
    rows = challenge.attachments.present().order_by("uploaded_at", "pk").values_list(*names)
    return [dict(zip(names, row, strict=True)) for row in rows]


def restore(content: dict[str, Any]) -> dict[str, Any]:
    """Return the values of `content` (see `snapshot`) as they are written back to a challenge.

    What was not asked then stays as it is.
    """
    values = {
        name: value
        for name, value in content.items()
        if name in STANDARD or name.startswith(PREFIX)
    }
    if values.get("support_hours") is not None:
        values["support_hours"] = Decimal(values["support_hours"])
    if "objective" in values:
        values["objective"] = SpecificObjective.objects.filter(
            fund=content.get("fund"), code=content["objective"]
        ).first()
    return values


def missing_points(content: dict[str, Any], round_: Round) -> list[Missing]:
    """Return what submitting `content` (see `snapshot`) still needs, in the order of the form."""
    form = form_of(round_)
    return [
        Missing(form.section_of[name], name, question.missing)
        for name, question in form.questions.items()
        if question.is_required and _is_empty(content, question)
    ]


def _is_empty(content: dict[str, Any], question: Question) -> bool:
    if question.is_file:
        return not files_for(content, question)
    if question.unless and content.get(question.unless):
        return False
    value = content.get(question.field)
    return value.strip() == "" if isinstance(value, str) else value in (None, [])


def files_for(content: dict[str, Any], question: Question | None) -> list[dict[str, Any]]:
    """Return what was sent as an answer to `question`, or (None) with the challenge as a whole."""
    wanted = question.own.pk if question and question.own else None
    return [each for each in content.get(ATTACHMENTS) or [] if each.get("question") == wanted]
