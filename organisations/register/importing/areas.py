"""Recognising areas by how people write them: names in three languages, codes, whole regions."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organisations.register.importing.fields import plain
from organisations.register.models import County

# Regions differ from counties in Finnish by their case: Pirkanmaa, Pirkanmaan hyvinvointialue.
_KIND = re.compile(
    r"\s*\b(hyvinvointialue|hva|välfärdsområde|wellbeing services county|maakunta|landskap|"
    r"region|kaupunki|stad)$|^(city of|landskapet)\s+"
)
_SEPARATORS = re.compile(r"[;,/\n|]|\s+\+\s+")
_LANGUAGES = ("fi", "sv", "en")
WHOLE_COUNTRY = frozenset(
    (
        *("koko maa", "koko suomi", "suomi", "valtakunnallinen", "koko maassa"),
        *("hela landet", "hela finland", "riksomfattande"),
        *("the whole country", "whole country", "nationwide", "national", "all of finland"),
    )
)
NATIONAL = "*"
# Counties whose Finnish or Swedish name people write in its basic form.
_ALSO = {
    "itä-uusimaa": "01",
    "östra nyland": "01",
    "keski-uusimaa": "02",
    "mellersta nyland": "02",
    "länsi-uusimaa": "03",
    "västra nyland": "03",
    "vantaa ja kerava": "04",
    "vantaa-kerava": "04",
}


class AreaNames:
    """Every name of every county, asked from the database once."""

    def __init__(self) -> None:
        self._codes = {name: {code} for name, code in _ALSO.items()}
        self.names: dict[str, str] = {}
        counties = list(County.objects.select_related("region"))
        for county in counties:
            self.names[county.code] = str(county)
            region = county.region
            self._add(region.iso_3166_2, county.code)
            for language in _LANGUAGES:
                self._add(getattr(region, f"name_{language}") or region.name, county.code)
        # A county's own name wins over a region's of the same name.
        for county in counties:
            own = [getattr(county, f"name_{language}") or county.name for language in _LANGUAGES]
            for name in (county.code, *own):
                for key in {plain(name), _bare(name)}:
                    if county.is_county or key not in self._codes:
                        self._codes[key] = {county.code}

    def read(self, text: str) -> frozenset[str]:
        """Return the codes of the areas, `NATIONAL` for the whole country.

        :raises ValidationError: naming what is not known.
        """
        found: set[str] = set()
        unknown: list[str] = []
        for part in filter(None, map(str.strip, _SEPARATORS.split(text))):
            codes = self._of(part)
            found |= codes
            if not codes:
                unknown.append(part)
        if unknown:
            sentence = _("This area is not known: %(area)s.")
            raise ValidationError(sentence % {"area": ", ".join(unknown)[:80]})
        return frozenset(found)

    def _of(self, part: str) -> set[str]:
        if plain(part) in WHOLE_COUNTRY:
            return {NATIONAL}
        padded = part.zfill(2) if part.isascii() and part.isdigit() else part
        return self._codes.get(plain(padded)) or self._codes.get(_bare(part)) or set()

    def _add(self, name: str, code: str) -> None:
        for key in {plain(name), _bare(name)}:
            self._codes.setdefault(key, set()).add(code)


def _bare(name: str) -> str:
    """Return the name without the word that tells what kind of area it is."""
    return _KIND.sub("", plain(name)).strip()
