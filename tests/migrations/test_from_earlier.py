"""A database of an earlier version comes to today's with everything that was in it.

Only going forward is promised. The start stays where it is when migrations are added; what a later
version leaves out on purpose is written into `LEFT_OUT`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.migrations import RunPython, RunSQL
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger

from rounds.models import Acceptance, Challenge, Proposal
from tests.migrations.earlier_rows import ACCEPTED, Earlier

START = [
    ("organisations", "0003_register_of_associations"),
    ("rounds", "0003_shaping"),
    ("outbox", "0001_initial"),
]
OURS = ("organisations", "rounds", "outbox")
# Tables, and columns as table.column, that a later version does without.
LEFT_OUT: frozenset[str] = frozenset()

COLUMNS = """
    SELECT table_name, column_name, data_type, character_maximum_length, is_nullable
    FROM information_schema.columns WHERE table_schema = 'public'
"""
CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
"""
INDEXES = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
TRIGGERS = """
    SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), pg_get_functiondef(tgfoid)
    FROM pg_trigger WHERE NOT tgisinternal
"""

Rows = dict[str, list[dict[str, Any]]]
Shape = dict[str, set[tuple[Any, ...]]]


def ask(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def shape() -> Shape:
    """Return everything that the database's tables are made of.

    The values that a check allows may stand in any order: its words are compared.
    """
    made_of = {sql: set(ask(sql)) for sql in (COLUMNS, INDEXES, TRIGGERS)}
    constraints = {
        (table, name, tuple(sorted(re.findall(r"\w+", definition))), is_valid)
        for table, name, definition, is_valid in ask(CONSTRAINTS)
    }
    return {**made_of, CONSTRAINTS: constraints}


def differences(one: Shape, other: Shape) -> set[tuple[Any, ...]]:
    """Return what only one of two shapes has."""
    return {each for sql in one for each in one[sql] ^ other[sql]}


def everything() -> Rows:
    """Return every row of the portal's own tables, a table's in the order of coming there."""
    names = sorted(name for name in connection.introspection.table_names() if name.startswith(OURS))
    rows: Rows = {}
    for name in names:
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{name}" ORDER BY 1')
            columns = [column.name for column in cursor.description]
            rows[name] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return rows


@pytest.fixture
def todays_shape(transactional_db: None) -> Shape:
    """What the tables of a new portal are made of."""
    return shape()


@pytest.fixture
def empty_database(todays_shape: Shape) -> Iterator[None]:
    """Work on a database without any table for a while."""
    usual = str(connection.settings_dict["NAME"])
    name = connection.ops.quote_name(f"{usual}_earlier")
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
    connection.settings_dict["NAME"] = f"{usual}_earlier"
    ContentType.objects.clear_cache()
    yield
    connection.close()
    connection.settings_dict["NAME"] = usual
    ContentType.objects.clear_cache()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()


def lay() -> ProjectState:
    """Bring an empty database to the earlier version.

    Its tables are laid at once, as its migrations left them: to go through these step by step would
    take longer than all the rest. What they loaded is loaded, and they count as done.
    """
    executor = MigrationExecutor(connection)
    plan = [migration for migration, _backwards in executor.migration_plan(START)]
    ours = [migration for migration in plan if migration.app_label in OURS]
    executor.migrate([(each.app_label, each.name) for each in plan if each not in ours])
    state = executor.loader.project_state(START)
    with connection.schema_editor(atomic=True) as editor:
        models = [model for model in state.apps.get_models() if model._meta.app_label in OURS]
        for model in models:
            editor.create_model(model)
        for model in models:
            app, name = model._meta.app_label, str(model._meta.model_name)
            for trigger in state.models[app, name].options.get("triggers", ()):
                AddTrigger(name, trigger).database_forwards(app, editor, state, state)
    with connection.schema_editor(atomic=True) as editor:
        for migration in ours:
            for step in migration.operations:
                if isinstance(step, RunPython | RunSQL):
                    step.database_forwards(migration.app_label, editor, state, state)
            executor.recorder.record_applied(migration.app_label, migration.name)
    return state


def begin() -> Rows:
    """Bring the empty database to the earlier version, fill it, and return what is in it."""
    earlier = lay().apps
    with transaction.atomic():
        Earlier(earlier).fill()
    rows = everything()
    ours = [model for model in earlier.get_models() if model._meta.app_label in OURS]
    empty = {model._meta.label for model in ours if not rows[model._meta.db_table]}
    # The history of changes fills itself, where something changed.
    assert not {label for label in empty if not label.endswith("Event")}
    return rows


def lost(before: Rows, after: Rows) -> Iterator[str]:
    """Yield whatever of `before` is missing or different now."""
    for table, rows in before.items():
        if table in LEFT_OUT:
            continue
        if table not in after:
            yield table
            continue
        key = next(iter(rows[0])) if rows else ""
        present = {row[key]: row for row in after[table]} if rows else {}
        for row in rows:
            now = present.get(row[key], {})
            yield from (
                f"{table}.{column} of {row[key]}: {value!r}, now {now.get(column)!r}"
                for column, value in row.items()
                if f"{table}.{column}" not in LEFT_OUT
                and (column not in now or now[column] != value)
            )


@pytest.mark.usefixtures("empty_database")
def test_everything_of_an_earlier_version_survives(todays_shape: Shape) -> None:
    before = begin()
    call_command("migrate", verbosity=0)
    assert list(lost(before, everything())) == []
    assert differences(shape(), todays_shape) == set()
    for app in OURS:
        for model in apps.get_app_config(app).get_models():
            list(model._base_manager.all())
    check_what_was_written_down()
    check_that_rules_hold()
    check_that_changes_are_kept()


def check_what_was_written_down() -> None:
    """What earlier versions knew in another form is there in today's."""
    told = dict(Challenge.objects.values_list("title", "told_outcome"))
    outcomes = {"Haaste 2": "confirmed", "Haaste 3": "not_selected"}
    assert told == {"Kesken": "", "Haaste 1": "", "Haaste 4": "", **outcomes}
    accepted = set(Acceptance.objects.values_list("challenge__number", "document", "version"))
    documents = {"terms": ACCEPTED["terms_version"], "privacy": ACCEPTED["privacy_version"]}
    assert accepted == {(number, *each) for number in range(1, 5) for each in documents.items()}


def check_that_rules_hold() -> None:
    """The database refuses among old rows what it refuses among new ones."""
    numbered = Challenge.objects.filter(number__isnull=False)
    for rows, change in (
        (numbered.filter(number=1), {"number": 2}),
        (numbered, {"status": "nonsense"}),
        (Challenge.objects.filter(number=None), {"status": "submitted"}),
        (Proposal.objects.filter(answer="disagree"), {"answer_note": ""}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)


def check_that_changes_are_kept() -> None:
    """A change of an old row goes into the history with today's columns."""
    challenge = Challenge.objects.get(number=1)
    events = apps.get_model("rounds", "ChallengeEvent").objects.filter(pgh_obj=challenge.pk)
    known = events.count()
    challenge.title, challenge.told_outcome = "Uusi otsikko", "reserve"
    challenge.save()
    newest = events.order_by("-pgh_id")[0]
    assert (events.count(), newest.title, newest.told_outcome) == (
        known + 1,
        "Uusi otsikko",
        "reserve",
    )
