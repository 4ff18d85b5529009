"""The hints of `plain_language` with the addresses of their fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from rounds.challenges.models import Challenge
from rounds.challenges.sections import RoundForm, Text, form_of
from rounds.challenges.writing.plain_language import hints
from rounds.planning.models import Round

# Names and addresses of contact people belong where they are.
_NOT_READ = frozenset({"contact"})


@dataclass(frozen=True, slots=True)
class Advice:
    """One hint: the question it is about, what it says, and where to mend it."""

    label: Text
    sentence: str
    url: str
    is_private: bool


def advice_for_draft(challenge: Challenge, content: Mapping[str, Any]) -> list[Advice]:
    """Return hints on a draft's content, with links to its sections."""
    form = form_of(challenge.round)
    return _advice(
        form,
        content,
        {key: reverse("challenge-edit", args=[challenge.pk, key]) for key in form.by_key},
    )


def advice_before_draft(round_: Round, content: Mapping[str, Any]) -> list[Advice]:
    """Return hints on what is typed on the page where challenges begin."""
    form = form_of(round_)
    page = reverse("challenge-new", args=[round_.slug])
    return _advice(form, content, dict.fromkeys(form.by_key, page))


def _advice(form: RoundForm, content: Mapping[str, Any], pages: Mapping[str, str]) -> list[Advice]:
    texts = {
        name: content[name]
        for name, question in form.questions.items()
        if question.rows or name == "title"
        if form.section_of[name] not in _NOT_READ and isinstance(content.get(name), str)
    }
    return [
        Advice(
            form.questions[hint.field].label,
            hint.sentence,
            f"{pages[form.section_of[hint.field]]}#div_id_{hint.field}",
            hint.is_private,
        )
        for hint in hints(texts, str(content.get("language") or ""))
    ]
