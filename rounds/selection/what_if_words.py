"""Sets of challenges in words: what they cover, how they compare, why they are suggested."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minno_portal.templatetags.portal import decimal
from rounds.selection.what_if import (
    DIGITS,
    NATIONAL,
    Dimension,
    Suggestion,
    Swap,
    Trait,
    Traits,
    covered,
)

# What each trait is called.
Names = Mapping[Trait, str]


def dimension_label(dimension: Dimension) -> str:
    """Return what a respect is called as a head."""
    return {
        Dimension.AREA: _("Areas"),
        Dimension.FIELD: _("Fields of study"),
        Dimension.LANGUAGE: _("Working languages"),
        Dimension.FUND: _("Funds"),
        Dimension.NEWCOMER: _("Not chosen before"),
    }[dimension]


def amount(dimension: Dimension, count: int) -> str:
    """Return how many of a kind: 2 funds, a newcomer."""
    text = {
        Dimension.AREA: ngettext("one area", "%(count)d areas", count),
        Dimension.FIELD: ngettext("one field of study", "%(count)d fields of study", count),
        Dimension.LANGUAGE: ngettext("one working language", "%(count)d working languages", count),
        Dimension.FUND: ngettext("one fund", "%(count)d funds", count),
        Dimension.NEWCOMER: ngettext("one newcomer", "%(count)d newcomers", count),
    }[dimension]
    return text % {"count": count}


def in_a_row(parts: Iterable[str]) -> str:
    """Join words as people do: a, b and c."""
    *first, last = list(parts) or [""]
    if not first:
        return last
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}


def reasons(suggestion: Suggestion, names: Names) -> list[str]:
    """Return why a set is suggested, and what it costs, in sentences."""
    return [
        _height(suggestion),
        *_covers(suggestion.traits),
        *(_swap(swap) for swap in suggestion.swaps),
        *_gains(suggestion, names),
        *_cautions(suggestion),
    ]


def _height(suggestion: Suggestion) -> str:
    mean = {"mean": decimal(suggestion.mean, DIGITS)}
    if not suggestion.swaps:
        return _("The highest means: %(mean)s together.") % mean
    below = decimal(suggestion.below, DIGITS)
    if float(below.replace(",", ".")) == 0:
        return _("Means as high as the highest: %(mean)s together.") % mean
    text = _("Means of %(mean)s together, %(below)s below the highest.")
    return text % {**mean, "below": below}


def _covers(traits: Traits) -> Iterator[str]:
    parts = [part for dimension in Dimension if (part := _covered(traits, dimension))]
    if parts:
        yield _("Covers %(what)s.") % {"what": in_a_row(parts)}


def _covered(traits: Traits, dimension: Dimension) -> str:
    has, _lacks = covered(traits, dimension, traits)
    if dimension is Dimension.AREA and NATIONAL in has:
        return _("the whole country")
    return amount(dimension, len(has)) if has else ""


def _swap(swap: Swap) -> str:
    names = {"left_out": swap.left_out.name, "taken": swap.taken.name}
    difference = decimal(swap.difference, DIGITS)
    if float(difference.replace(",", ".")) == 0:
        text = _("Leaves out “%(left_out)s”, whose mean is the same, for “%(taken)s”.")
        return text % names
    text = _("Leaves out “%(left_out)s”, which is %(difference)s higher, for “%(taken)s”.")
    return text % {**names, "difference": difference}


def _gains(suggestion: Suggestion, names: Names) -> Iterator[str]:
    if not suggestion.swaps:
        return
    gained = in_a_row(names.get(trait, trait[1]) for trait in sorted(suggestion.gains))
    if gained:
        yield _("In return it also covers: %(what)s.") % {"what": gained}
    else:
        yield _("It covers nothing that the highest means would not.")


def _cautions(suggestion: Suggestion) -> Iterator[str]:
    for each in suggestion.picked:
        if each.lacks:
            text = _("%(party)s has not assessed “%(name)s”.")
            yield text % {"party": each.lacks, "name": each.name}
    givers = [each.organisation for each in suggestion.picked]
    for giver in dict.fromkeys(givers):
        if givers.count(giver) > 1:
            text = _("More than one is from the same organisation: %(name)s.")
            yield text % {"name": giver}
