"""Write down which decision each association was told last."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def record(apps, schema_editor):
    challenges = apps.get_model("rounds", "Challenge").objects
    decisions = apps.get_model("rounds", "Decision").objects
    told = decisions.filter(challenge=OuterRef("pk"), announced_at__isnull=False)
    outcome = told.order_by("-announced_at").values("outcome")[:1]
    known = decisions.filter(announced_at__isnull=False).values("challenge")
    challenges.filter(pk__in=known).update(told_outcome=Subquery(outcome))


class Migration(migrations.Migration):

    dependencies = [
        ("rounds", "0006_selection_by_two_parties"),
    ]

    operations = [
        migrations.RunPython(record, migrations.RunPython.noop),
    ]
