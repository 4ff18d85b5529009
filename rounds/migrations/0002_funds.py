"""Funds and specific objectives of the programme 2021–2027; coordinators edit them from then on."""

import csv
from pathlib import Path

from django.db import migrations

FOLDER = Path(__file__).resolve().parent.parent / "fixtures"
LANGUAGES = ("fi", "sv", "en")


def _rows(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


def load(apps, schema_editor):
    """Insert the funds and objectives."""
    fund = apps.get_model("rounds", "Fund")
    objective = apps.get_model("rounds", "SpecificObjective")
    for row in _rows("funds.csv"):
        names = {
            f"{field}_{language}": row[f"{field}_{language}"]
            for field in ("code", "name")
            for language in LANGUAGES
        }
        fund.objects.update_or_create(
            key=row["key"],
            defaults={"code": row["code_fi"], "name": row["name_fi"], **names},
        )
    for row in _rows("specific_objectives.csv"):
        objective.objects.update_or_create(
            fund_id=row["fund"],
            code=row["code"],
            defaults={
                "name": row["name_fi"],
                "name_fi": row["name_fi"],
                "is_typical": row["typical_for_associations"] == "1",
            },
        )


class Migration(migrations.Migration):
    """Load the funds."""

    dependencies = [("rounds", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
