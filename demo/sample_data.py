"""The sample year's texts, read from the TOML files beside this module."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from rounds.call.models import SpecificObjective
from rounds.call.questions.standard import SECTIONS

SECTION_OF_FIELD = {field: section.key for section in SECTIONS for field in section.fields}
FOLDER = Path(__file__).resolve().parent / "sample"

Entry = dict[str, Any]


def load(name: str) -> Entry:
    """Return the content of `sample/<name>.toml`."""
    with (FOLDER / f"{name}.toml").open("rb") as handle:
        return tomllib.load(handle)


def by_section(entry: Entry) -> dict[str, Entry]:
    """Return a challenge's values by section of the form, as `save_section` takes them.

    :param entry: one `[[challenge]]` of a sample file.
    """
    values: Entry = {
        "support_hours": Decimal(1),
        "attends_kickoff": True,
        "attends_fest": True,
        "may_publish": True,
        "funding_thought": "fund" if "fund" in entry else "not_yet",
        **{key: value for key, value in entry.items() if key in SECTION_OF_FIELD},
    }
    values["support_hours"] = Decimal(str(values["support_hours"]))
    if "objective" in entry:
        values["objective"] = SpecificObjective.objects.get(
            fund=entry["fund"], code=entry["objective"]
        )
    found: dict[str, Entry] = {}
    for field, value in values.items():
        found.setdefault(SECTION_OF_FIELD[field], {})[field] = value
    return found
