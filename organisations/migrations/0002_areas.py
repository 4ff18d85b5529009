"""Regions and wellbeing services counties, from the codes of Statistics Finland."""

import csv
from pathlib import Path

from django.db import migrations

FOLDER = Path(__file__).resolve().parent.parent / "fixtures"
LANGUAGES = ("fi", "sv", "en")


def _rows(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


def _names(row):
    return {f"name_{language}": row[f"name_{language}"] for language in LANGUAGES}


def load(apps, schema_editor):
    """Insert what is missing and correct names that differ."""
    region = apps.get_model("organisations", "Region")
    county = apps.get_model("organisations", "County")
    for row in _rows("regions.csv"):
        region.objects.update_or_create(
            code=row["code"],
            defaults={"name": row["name_fi"], "iso_3166_2": row["iso_3166_2"], **_names(row)},
        )
    for row in _rows("wellbeing_services_counties.csv"):
        county.objects.update_or_create(
            code=row["code"],
            defaults={
                "name": row["name_fi"],
                "region_id": row["region_code"],
                "is_county": row["is_county"] == "1",
                **_names(row),
            },
        )


class Migration(migrations.Migration):
    """Load the areas."""

    dependencies = [("organisations", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
