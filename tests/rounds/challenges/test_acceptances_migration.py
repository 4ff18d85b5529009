"""Acceptances of before they had rows of their own are written down by the migration."""

from __future__ import annotations

from importlib import import_module

from django.apps import apps

from rounds.challenges.models import Challenge
from rounds.challenges.terms.models import Acceptance


def test_what_challenges_know_becomes_rows_once(submitted: Challenge) -> None:
    known = set(Acceptance.objects.values_list("document", "version", "accepted_by", "accepted_at"))
    Acceptance.objects.all().delete()
    record = import_module("rounds.migrations.0005_acceptances_of_earlier").record
    for _time in range(2):
        record(apps, None)
        rows = Acceptance.objects.values_list("document", "version", "accepted_by", "accepted_at")
        assert set(rows) == known
        assert rows.count() == 2
