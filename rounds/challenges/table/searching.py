"""Finding challenges of a round by words, by number and by organisation, without reading all."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet

from organisations.register.models import Organisation
from rounds.challenges.models import Challenge
from rounds.challenges.querysets import ChallengeQuerySet
from rounds.challenges.search import CONFIG, WORDS
from rounds.planning.models import Round

# Each way of finding stops here on the page: nobody reads further, and the round may be any size.
MOST_FOUND = 500
LARGEST_NUMBER = 32767

_AS_ON_THE_WEB = re.compile(r'"|(?:^|\s)-\w|\bor\b', re.IGNORECASE)
_REFERENCE = re.compile(r"(.*?)0*([0-9]{1,5})", re.DOTALL)


def found(
    challenges: ChallengeQuerySet, text: str, round_: Round, *, most: int | None = None
) -> ChallengeQuerySet:
    """Return those of `challenges`, which are of `round_`, that `text` finds.

    :param most: at most so many by each way of finding.
    """
    ways = [
        challenges.annotate(words=WORDS).filter(words=words_query(text)),
        challenges.filter(organisation__in=_organisations(text)),
    ]
    number = number_in(text, round_)
    if number:
        ways.append(challenges.filter(number=number))
    keys = [way.order_by().values("pk")[:most] for way in ways]
    return Challenge.objects.filter(pk__in=keys[0].union(*keys[1:]))


def words_query(text: str) -> SearchQuery:
    """Return the full-text query of `text`.

    Plain words are looked for by their roots; quotation marks, a minus before a word and OR mean
    what they mean on the web.
    """
    if _AS_ON_THE_WEB.search(text):
        return SearchQuery(text, config=CONFIG, search_type="websearch")
    return Roots(text)


class Roots(SearchQuery):
    """The query for words that begin as those of a text do, cut short.

    PostgreSQL knows few Finnish endings: yksinäisyys and yksinäisyyden, nuori and nuorten are
    different words to it. Without their last letters they are one. So is a word half typed.
    """

    template = """(
        SELECT to_tsquery('simple', string_agg('''' || translate(left(
            lexeme, length(lexeme) - (length(lexeme) > 3)::int - (length(lexeme) > 5)::int
        ), '''\\', '') || ''':*', ' & '))
        FROM unnest(to_tsvector('finnish', %(expressions)s))
    )"""


def number_in(text: str, round_: Round) -> int | None:
    """Return the number that `text` names as this round's reference or the end of it."""
    match = _REFERENCE.fullmatch(text.strip().upper())
    if match is None or not int(match[2]) <= LARGEST_NUMBER:
        return None
    prefix = round_.reference(0).upper().removesuffix("00")
    return int(match[2]) if prefix.endswith(match[1]) else None


def _organisations(text: str) -> QuerySet[Any]:
    named = Q(name__icontains=text) | Q(short_name__icontains=text)
    return Organisation.objects.filter(named).order_by().values("pk")
