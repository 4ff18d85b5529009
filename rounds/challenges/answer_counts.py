"""How many challenges answer each of a round's own questions, for the form's editor."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, F, Func

from rounds.call.questions.answered import provides_answer_counts
from rounds.challenges.attachments.models import Attachment
from rounds.challenges.models import Challenge, Revision
from rounds.challenges.own_answers import PREFIX


class _AnsweredKeys(Func):
    """The keys of a JSON object whose values are not null, each as a row."""

    template = "jsonb_object_keys(jsonb_strip_nulls(%(expressions)s))"
    output_field = models.TextField()
    set_returning = True


@provides_answer_counts
def in_drafts(round_id: int) -> dict[str, int]:
    """Count what is written now, drafts included."""
    challenges = Challenge.objects.filter(round=round_id).exclude(own_answers={})
    return _by_key(challenges.order_by(), F("own_answers"), Count("pk"))


@provides_answer_counts
def in_versions(round_id: int) -> dict[str, int]:
    """Count what was submitted, also when it has been written over since."""
    versions = Revision.objects.filter(challenge__round=round_id)
    return _by_key(versions.order_by(), F("content"), Count("challenge", distinct=True))


@provides_answer_counts
def in_files(round_id: int) -> dict[str, int]:
    """Count what was sent, removed files included: a version may name them."""
    files = Attachment.objects.filter(challenge__round=round_id, question__isnull=False)
    rows = files.order_by().values_list("question")
    counts = rows.annotate(count=Count("challenge", distinct=True))
    return {f"{PREFIX}{question}": count for question, count in counts}


def _by_key(rows: models.QuerySet[Any], answers: F, count: Count) -> dict[str, int]:
    counted = rows.annotate(key=_AnsweredKeys(answers)).values_list("key").annotate(count=count)
    return {key: number for key, number in counted if key.startswith(PREFIX)}
