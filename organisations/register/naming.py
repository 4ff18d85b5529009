"""Telling organisations apart: what makes two names the same, nearly the same, or different."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db import connection

from organisations.register.enums import Kind
from organisations.register.errors import BusinessIdKnown, NameKnown, SeveralFound
from organisations.register.models import Organisation

# Any number of our own: who names an organisation waits for whoever does so at the same time.
# It is taken before any organisation's row is locked.
_NAMING_LOCK = 2_718_281

_WORD = re.compile(r"\w+")
_DOTTED_FORM = re.compile(r"\br\. ?(?=[yf]\b)")
# What a registered association may write after its name, in Finnish and in Swedish.
_FORMS = frozenset({"ry", "rf"})

_ALIKE = 0.86
# Shorter names are found inside too many others.
_SHORTEST_PART = 5
MOST_CANDIDATES = 5


def lock_naming() -> None:
    """Wait until nobody else is naming an organisation; held to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_NAMING_LOCK])


def one_line(text: str) -> str:
    """Return the text with single spaces between its words."""
    return " ".join(text.split())


def name_key(name: str) -> str:
    """Return what stays the same however a name's letters, spaces and “ry” are written."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    words = _WORD.findall(_DOTTED_FORM.sub("r", folded))
    while len(words) > 1 and words[-1] in _FORMS:
        words.pop()
    return "".join(words)


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation of the register, as far as telling it apart needs."""

    pk: int
    name: str
    key: str
    short_key: str
    business_id: str | None
    is_association: bool

    def may_have(self, business_id: str | None) -> bool:
        """Whether its business id does not speak against `business_id`."""
        return None in (self.business_id, business_id) or self.business_id == business_id

    def is_like(self, key: str) -> bool:
        """Whether its name may well mean the same as one of this key."""
        if key in (self.key, self.short_key):
            return True
        shorter, longer = sorted((key, self.key), key=len)
        if len(shorter) >= _SHORTEST_PART and shorter in longer:
            return True
        matcher = SequenceMatcher(a=self.key, b=key, autojunk=False)
        return matcher.real_quick_ratio() >= _ALIKE and (
            matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
        )


def known_organisations() -> list[Known]:
    """Return everything the register has, in the order of coming there (one query)."""
    rows = Organisation.objects.order_by("pk").values_list(
        "pk", "name", "short_name", "business_id", "kind"
    )
    return [
        Known(
            pk=pk,
            name=name,
            key=name_key(name),
            short_key=name_key(short_name),
            business_id=business_id,
            is_association=kind == Kind.ASSOCIATION,
        )
        for pk, name, short_name, business_id, kind in rows
    ]


def find_association(name: str, business_id: str | None, chosen: int | None) -> int | None:
    """Return the association that is meant, None when it is new to the register.

    :param business_id: in its one form, see `normal_business_id`.
    :param chosen: the one picked among the candidates shown before; 0 for none of them.
    :raises OrganisationKnown: when an educational institution has the name or the business id.
    :raises SeveralFound: when the person has to say which one is meant.
    """
    known, key = known_organisations(), name_key(name)
    of_number = [each for each in known if business_id and each.business_id == business_id]
    if of_number:
        return _association(of_number[0], BusinessIdKnown("business_id"))
    same = [each for each in known if each.key == key and each.may_have(business_id)]
    if len(same) == 1 or (same and chosen == 0):
        return _association(same[0], NameKnown("name"))
    candidates = same or _candidates(known, key)
    if chosen in {each.pk for each in candidates}:
        return chosen
    if candidates and chosen != 0:
        raise SeveralFound(_in_order(candidates))
    return None


def similar_to(organisation: Organisation) -> list[Organisation]:
    """Return other associations whose names are like this one's, the likeliest first."""
    others = [each for each in known_organisations() if each.pk != organisation.pk]
    return _in_order(_candidates(others, name_key(organisation.name)))


def _association(known: Known, refusal: Exception) -> int:
    if not known.is_association:
        raise refusal
    return known.pk


def _candidates(known: Iterable[Known], key: str) -> list[Known]:
    alike = [each for each in known if each.is_association and each.is_like(key)]
    alike.sort(key=lambda each: -SequenceMatcher(a=each.key, b=key).ratio())
    return alike[:MOST_CANDIDATES]


def _in_order(candidates: Iterable[Known]) -> list[Organisation]:
    order = [each.pk for each in candidates]
    found = Organisation.objects.in_bulk(order)
    return [found[pk] for pk in order]


def refuse_known(organisation: Organisation) -> None:
    """Refuse a name or business id that another organisation has; naming is locked by now.

    :raises OrganisationKnown: with the field that gave it away.
    """
    others = Organisation.objects.exclude(pk=organisation.pk)
    if organisation.business_id and others.filter(business_id=organisation.business_id).exists():
        raise BusinessIdKnown("business_id")
    if others.filter(name__iexact=organisation.name).exists():
        raise NameKnown("name")
