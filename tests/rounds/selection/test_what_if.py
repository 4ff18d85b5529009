"""Sets of challenges as plain data: no database."""

import time

import pytest
from django.utils import translation

from rounds.selection.what_if import (
    NATIONAL,
    Candidate,
    Dimension,
    Suggestion,
    covered,
    mean_of,
    suggest,
    traits_of,
    width,
)
from rounds.selection.what_if_words import reasons

FUND, AREA, FIELD, NEW = Dimension.FUND, Dimension.AREA, Dimension.FIELD, Dimension.NEWCOMER


def candidate(
    pk: int, mean: float | None, *traits: tuple[Dimension, str], giver: str = "", lacks: str = ""
) -> Candidate:
    return Candidate(
        pk=pk,
        name=f"C{pk}",
        mean=mean,
        place=pk,
        organisation=giver or f"O{pk}",
        traits=frozenset(traits),
        lacks=lacks,
    )


def picks(suggestions: list[Suggestion]) -> list[set[int]]:
    return [{each.pk for each in suggestion.picked} for suggestion in suggestions]


def test_the_highest_means_come_first() -> None:
    found = suggest([candidate(n, 5 - n / 2) for n in range(1, 6)], places=2)
    assert picks(found) == [{1, 2}, {1, 3}, {1, 4}]
    assert (found[0].below, found[0].swaps) == (0.0, ())
    [swap] = found[1].swaps
    assert (swap.taken.pk, swap.left_out.pk, swap.difference) == (3, 2, 0.5)


def test_the_same_shown_mean_is_decided_by_coverage() -> None:
    narrow = candidate(1, 4.02, (FUND, "ESR+"))
    same = candidate(2, 4.01, (FUND, "ESR+"))
    wide = candidate(3, 4.0, (FUND, "EAKR"), (NEW, "O3"))
    found = suggest([narrow, same, wide], places=2)
    assert picks(found) == [{1, 3}, {2, 3}, {1, 2}]
    assert found[0].gains == {(FUND, "EAKR"), (NEW, "O3")}


def test_coverage_does_not_beat_a_higher_mean() -> None:
    high = [candidate(1, 4.5), candidate(2, 4.4)]
    wide = candidate(3, 3.0, (FUND, "EAKR"), (FIELD, "design"), (NEW, "O3"))
    assert picks(suggest([*high, wide], places=2))[0] == {1, 2}


def test_what_is_kept_counts_as_covered() -> None:
    kept = [candidate(9, None, (FUND, "ESR+"))]
    again, other = candidate(1, 4.0, (FUND, "ESR+")), candidate(2, 4.0, (FUND, "EAKR"))
    assert picks(suggest([again, other], places=1))[0] == {1}
    assert picks(suggest([again, other], places=1, kept=kept))[0] == {2}


@pytest.mark.parametrize("places", [-1, 0])
def test_no_places_no_suggestions(places: int) -> None:
    assert suggest([candidate(1, 4.0)], places=places) == []


def test_those_without_marks_are_left_out() -> None:
    assert suggest([candidate(1, None)], places=2) == []
    assert picks(suggest([candidate(1, None), candidate(2, 2.0)], places=4)) == [{2}]
    assert mean_of([candidate(1, None)]) is None


def test_two_hundred_are_quick() -> None:
    many = [
        candidate(n, 1 + n % 40 / 10, (FUND, f"F{n % 4}"), (AREA, f"{n % 21:02d}"))
        for n in range(1, 201)
    ]
    start = time.process_time()
    found = suggest(many, places=4)
    assert time.process_time() - start < 0.5
    assert len(found) == 3
    assert f"{found[0].mean:.1f}" == "4.9"


def test_the_whole_country_covers_every_area() -> None:
    among = traits_of([candidate(1, 4, (AREA, "01"), (AREA, "02")), candidate(2, 4, (FUND, "X"))])
    assert covered(frozenset({(AREA, NATIONAL)}), AREA, among) == ({"01", "02"}, set())
    assert covered(frozenset({(AREA, "01")}), AREA, among) == ({"01"}, {"02"})
    assert width(frozenset({(AREA, NATIONAL)}), among) == 1.0
    assert width(among, among) == 2.0


def test_reasons_in_words() -> None:
    best = candidate(1, 4.4, (FUND, "ESR+"), lacks="AMK")
    left_out = candidate(2, 4.4, (FUND, "ESR+"))
    wide = candidate(3, 4.2, (FUND, "EAKR"), (AREA, NATIONAL), (NEW, "O3"), giver="O1")
    found = suggest([best, left_out, wide], places=2)
    names = {(NEW, "O3"): "Uusi ry", (AREA, NATIONAL): "Koko maa"}
    with translation.override("en"):
        said = {frozenset(picks([each])[0]): reasons(each, names) for each in found}
    assert said[frozenset({1, 2})][0] == "The highest means: 4.4 together."
    text = said[frozenset({1, 3})]
    assert text == [
        "Means of 4.3 together, 0.1 below the highest.",
        "Covers the whole country, 2 funds and one newcomer.",
        "Leaves out “C2”, which is 0.2 higher, for “C3”.",
        "In return it also covers: Koko maa, EAKR and Uusi ry.",
        "AMK has not assessed “C1”.",
        "More than one is from the same organisation: O1.",
    ]
