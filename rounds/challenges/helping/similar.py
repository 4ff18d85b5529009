"""Earlier challenges, and what came of others, that speak of the same things.

What later steps have to show they register here: see `rounds/outcomes/similar.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import (
    SearchHeadline,
    SearchQuery,
    SearchRank,
    SearchVector,
)
from django.db import models
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from rounds.challenges.models import Challenge
from rounds.challenges.querysets import ChallengeQuerySet
from rounds.challenges.search import CONFIG, WORDS
from rounds.challenges.table.standard import title_as_submitted

MOST_SHOWN = 5
# Words to search by: those of the title, then the longest, which tell the most.
MOST_WORDS = 24
SHORTEST_WORD = 5
SEARCHED_BY = ("title", "summary", "target_group")
# Finnish stems keep much of the inflection: of a long word only the beginning is looked for.
SHORTEST_BEGINNING, BEGINNING = 6, 0.65
# One word in the title is near enough (1.0), or two in the summary (0.4 each).
NEAR_ENOUGH = 0.5
# The newest of those that share any word are ranked: ranking reads their texts.
MOST_RANKED = 300
# How much of the words of two texts must be the same for one to look like a copy of the other.
ALIKE = 0.6

SHORT_TEXT = SearchVector("title", weight="A", config=CONFIG) + SearchVector(
    "summary", weight="B", config=CONFIG
)
# What encloses a found word until the text around it has been escaped: no keyboard types them.
START, STOP = "\ue000", "\ue001"


@dataclass(frozen=True, slots=True)
class Match:
    """One thing that speaks of the same: `summary` has the shared words marked."""

    title: str
    url: str
    summary: SafeString
    detail: str
    language: str = "fi"
    status: str = ""
    status_label: str | Promise = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What one step has found, the nearest first."""

    title: str | Promise
    nothing: str | Promise
    matches: list[Match]


Provider = Callable[[SearchQuery], Found]

_providers: list[Provider] = []


def provides_similar(provider: Provider) -> Provider:
    """Register a function that finds what anybody may read; use it as a decorator."""
    _providers.append(provider)
    return provider


def found_by_others(query: SearchQuery) -> list[Found]:
    """Return what later steps know."""
    return [provider(query) for provider in _providers]


def query_for(content: dict[str, Any]) -> SearchQuery | None:
    """Return a search for any of the telling words of a text (one query, none soon after).

    :param content: the text to go by, as in `content.snapshot`.
    :returns: None when there are no words yet.
    """
    titles, *others = _stems(*(content.get(name) or "" for name in SEARCHED_BY))
    rest = sorted(set().union(*others) - set(titles), key=lambda word: (-len(word), word))
    words = [word for word in (*sorted(titles), *rest) if len(word) >= SHORTEST_WORD]
    if not words:
        return None
    # They are stems already, so that the configuration must leave them as they are.
    found = dict.fromkeys(_beginning(word) for word in words)
    return SearchQuery(" | ".join([*found][:MOST_WORDS]), config="simple", search_type="raw")


@lru_cache(maxsize=256)
def _stems(*texts: str) -> tuple[tuple[str, ...], ...]:
    """Return the stems of each text; kept, for a text has the same ones whoever reads it."""
    # PostgreSQL knows Finnish: any row will do to ask it.
    rows = Challenge.objects.order_by().values_list(*(_lexemes(text) for text in texts))
    return tuple(map(tuple, rows[:1].get()))


def _lexemes(text: str) -> models.Func:
    vector = SearchVector(models.Value(text), config=CONFIG)
    words = ArrayField(models.TextField())
    return models.Func(vector, function="tsvector_to_array", output_field=words)


def _beginning(word: str) -> str:
    """Return the word's beginning as a search names it."""
    length = max(SHORTEST_BEGINNING, round(BEGINNING * len(word)))
    quoted = word[:length].replace("\\", "\\\\").replace("'", "''")
    return f"'{quoted}':*" if length < len(word) else f"'{quoted}'"


def ranked(rows: models.QuerySet[Any], query: SearchQuery) -> models.QuerySet[Any]:
    """Return the rows nearest to `query` by title and summary, with a `headline` of the latter."""
    headline = SearchHeadline(
        "summary", query, config=CONFIG, start_sel=START, stop_sel=STOP, highlight_all=True
    )
    nearness = SearchRank(SHORT_TEXT, query, cover_density=True)
    near = rows.annotate(nearness=nearness, headline=headline).filter(nearness__gt=NEAR_ENOUGH)
    nearest: models.QuerySet[Any] = near.order_by("-nearness", "-pk")[:MOST_SHOWN]
    return nearest


def marked(headline: str) -> SafeString:
    """Return a headline with its found words in `<mark>`, and everything else escaped."""
    text = escape(headline).replace(START, "<mark>").replace(STOP, "</mark>")
    return mark_safe(text)


def similar_challenges(
    challenge: Challenge, query: SearchQuery, readable: ChallengeQuerySet
) -> list[Challenge]:
    """Return the challenges nearest to `challenge` among those that the person may read."""
    others = readable.submitted().exclude(pk=challenge.pk)
    sharing = others.alias(words=WORDS).filter(words=query).order_by("-pk")
    newest = sharing.values("pk")[:MOST_RANKED]
    rows = Challenge.objects.filter(pk__in=newest).select_related("organisation", "round")
    rows = rows.annotate(shown_title=title_as_submitted())
    return list(ranked(rows, query))


def copies(challenge: Challenge, content: dict[str, Any], given: Sequence[Challenge]) -> list[int]:
    """Return the ids of those of `given` that say almost the same in title and summary."""
    own = _words(content.get("title", ""), content.get("summary", ""))
    return [other.pk for other in given if _alike(own, _words(other.title, other.summary))]


def _words(title: str, summary: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", f"{title} {summary}".casefold()))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return 2 * len(one & other) >= ALIKE * (len(one) + len(other)) if one and other else False
