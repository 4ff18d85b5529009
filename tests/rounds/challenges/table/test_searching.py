"""Finnish full-text search of the table."""

from __future__ import annotations

import pytest
from django.db import connection

from organisations.models import Organisation
from rounds.challenges.models import Challenge
from rounds.challenges.search import WORDS
from rounds.challenges.table import searching
from rounds.challenges.table.filters import of_round
from rounds.challenges.table.page import PAGE_SIZE
from rounds.challenges.table.searching import found, number_in, words_query
from rounds.models import Round
from tests.rounds.challenges.many import more


def titles(round_: Round, text: str, most: int | None = None) -> list[str]:
    rows = found(of_round(round_), text, round_, most=most).order_by("number")
    return list(rows.values_list("title", flat=True))


@pytest.fixture
def many(submitted: Challenge, other_association: Organisation) -> Round:
    more(submitted, 1, title="Vapaaehtoisten digiperehdytys", organisation=other_association)
    more(submitted, 1, title="Jäsenlehden uusi elämä")
    return submitted.round


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Other forms of the same words, as Finnish bends them
        ("yksinäisyydestä", ["Yksinäisyyden varhainen tunnistaminen"]),
        (
            "vapaaehtoinen",
            ["Yksinäisyyden varhainen tunnistaminen", "Vapaaehtoisten digiperehdytys"],
        ),
        ("jäsenlehti", ["Jäsenlehden uusi elämä"]),
        ("palvelutarve", ["Yksinäisyyden varhainen tunnistaminen"]),
        ("varhaista tunnistamista", ["Yksinäisyyden varhainen tunnistaminen"]),
        ("työ äänet", []),
        # One word of two is not enough
        ("varhainen jäsenlehti", []),
        # The last word half typed
        ("digipereh", ["Vapaaehtoisten digiperehdytys"]),
        ("uusi elä", ["Jäsenlehden uusi elämä"]),
        # Organisation and number
        ("mallijärj", ["Vapaaehtoisten digiperehdytys"]),
        ("3", ["Jäsenlehden uusi elämä"]),
        # As one searches the web
        ('"uusi elämä"', ["Jäsenlehden uusi elämä"]),
        ('"elämä uusi"', []),
        ("uusi -yksinäisyys", ["Jäsenlehden uusi elämä"]),
        ("uusi -jäsenlehden", []),
        (
            "digiperehdytys OR jäsenlehden",
            ["Vapaaehtoisten digiperehdytys", "Jäsenlehden uusi elämä"],
        ),
        ("100%", []),
        ("olematon", []),
    ],
)
def test_finds(many: Round, text: str, expected: list[str]) -> None:
    assert titles(many, text) == expected


def test_the_reference(many: Round, call_round: Round) -> None:
    reference = many.reference(2)
    for text in (reference, reference.lower(), f" {reference} ", reference.rpartition("-")[2]):
        assert number_in(text, many) == 2
    assert number_in("MUU-1-2027-02", many) is None
    assert number_in("99999", many) is None
    assert number_in("", many) is None


def test_not_from_another_round(many: Round, call_round: Round) -> None:
    other = Round.objects.get(pk=call_round.pk)
    other.pk, other.number, other.slug = None, 2, "minno-2"
    other.save()
    assert titles(other, "yksinäisyys") == []


def test_stops_where_nobody_reads_further(many: Round) -> None:
    more(Challenge.objects.all()[0], 5)
    assert len(titles(many, "haaste")) == 5
    assert len(titles(many, "haaste", most=3)) == 3


def test_asks_the_index_of_words(many: Round) -> None:
    """The query is of the very expression that is indexed: nothing is read word by word."""
    found_by_words = Challenge.objects.order_by().annotate(words=WORDS)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for text in ("yksinäisyys", '"uusi elämä"'):
            plan = found_by_words.filter(words=words_query(text)).values("pk").explain()
            assert "challenge_by_words" in plan


def test_most_found_is_more_than_a_page() -> None:
    assert searching.MOST_FOUND >= 10 * PAGE_SIZE
