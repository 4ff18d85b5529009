"""Write down, as rows of their own, the acceptances that challenges alone have known."""

from django.db import migrations


def record(apps, schema_editor):
    challenges = apps.get_model("rounds", "Challenge").objects
    acceptance = apps.get_model("rounds", "Acceptance")
    accepted = challenges.filter(terms_accepted_at__isnull=False)
    acceptance.objects.bulk_create(
        [
            acceptance(
                challenge=challenge,
                document=document,
                version=version,
                accepted_by_id=challenge.terms_accepted_by_id,
                accepted_at=challenge.terms_accepted_at,
            )
            for challenge in accepted.iterator()
            for document, version in (
                ("terms", challenge.terms_version),
                ("privacy", challenge.privacy_version),
            )
            if version
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):

    dependencies = [
        ("rounds", "0004_table_indexes"),
    ]

    operations = [
        migrations.RunPython(record, migrations.RunPython.noop),
    ]
