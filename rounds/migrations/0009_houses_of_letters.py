"""Letters of rounds that were written before letters had a house get their partnership."""

from django.db import migrations


def give_houses(apps, schema_editor):
    Letter, Round = apps.get_model("outbox", "Letter"), apps.get_model("rounds", "Round")
    for slug, partnership in Round.objects.values_list("slug", "partnership_id"):
        Letter.objects.filter(thread=slug, house=None).update(house=partnership)


class Migration(migrations.Migration):
    dependencies = [
        ("rounds", "0008_campaigns"),
        ("outbox", "0002_own_texts_and_states"),
    ]

    operations = [migrations.RunPython(give_houses, migrations.RunPython.noop, elidable=True)]
