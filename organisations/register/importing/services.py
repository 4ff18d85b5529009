"""Bringing a table to the register in three steps: reading, matching, storing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from minno_portal import clock
from minno_portal.errors import NotAllowed, WrongState
from minno_portal.services import service
from organisations.access import require_to
from organisations.people.models import User
from organisations.register.importing import errors
from organisations.register.importing.fields import Field, guess
from organisations.register.importing.outcomes import Outcome, Trial
from organisations.register.importing.reading import clean_cell, read_table
from organisations.register.importing.storing import store
from organisations.register.importing.trial import try_rows
from organisations.register.models import Organisation, RegisterImport
from organisations.register.naming import lock_naming

LONGEST_FILE_NAME = 120


@service
def begin_import(
    *, content: bytes, file_name: str, coordinator_id: int, actor: User
) -> RegisterImport:
    """Read a file and guess what its columns hold; the register stays as it is.

    :param coordinator_id: the coordinating organisation that brings it.
    :raises NotAllowed: when the actor does not coordinate there.
    :raises Refused: one of `organisations.register.importing.errors`.
    """
    require_to("organisations.keep_register", actor)
    if coordinator_id not in actor.ties.coordinator:
        raise NotAllowed
    table = read_table(content)
    name = clean_cell(PurePath(file_name.replace("\\", "/")).name)
    return RegisterImport.objects.create(
        coordinator_id=coordinator_id,
        started_by=actor,
        file_name=name[-LONGEST_FILE_NAME:],
        header=table.header,
        rows=table.rows,
        matching={str(column): each.value for column, each in guess(table.header).items()},
    )


@service
def match_columns(import_id: int, *, matching: Mapping[int, Field], actor: User) -> RegisterImport:
    """Store what the columns hold.

    :raises NotAllowed: when the actor does not coordinate there.
    :raises WrongState: when the import has been stored.
    :raises ColumnTwice: when two columns would hold the same.
    :raises NameNotMatched: when no column tells which association a row is about.
    """
    found = _locked(import_id, actor)
    if found.applied_at:
        raise WrongState
    fields = list(matching.values())
    if len(set(fields)) < len(fields):
        raise errors.ColumnTwice
    if not {Field.NAME, Field.BUSINESS_ID} & set(fields):
        raise errors.NameNotMatched
    found.matching = {str(column): each.value for column, each in matching.items()}
    found.save(update_fields=["matching"])
    return found


def try_import(found: RegisterImport) -> Trial:
    """Return what storing the import would do now; nothing is written.

    :raises Emptied: when its rows have been removed.
    """
    if not found.rows:
        raise errors.Emptied
    matching = {int(column): Field(each) for column, each in found.matching.items()}
    return try_rows(found.rows, matching)


@service
def apply_import(
    import_id: int, *, digest: str, leave_out_faulty: bool, actor: User
) -> RegisterImport:
    """Store what was shown, all of it or nothing; a second press changes nothing.

    :param digest: of the trial that the person has seen.
    :param leave_out_faulty: the person has said that rows with faults stay out.
    :raises NotAllowed: when the actor does not coordinate there.
    :raises RegisterChanged: when something else would be stored than was shown.
    :raises FaultyRows: when there are faults and nothing was said of leaving them out.
    :raises Emptied: when its rows have been removed.
    """
    lock_naming()
    found = _locked(import_id, actor)
    if found.applied_at:
        return found
    # Whoever edits a contact person locks the organisation: wait for them, and let them wait.
    list(Organisation.objects.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    trial = try_import(found)
    if trial.digest != digest:
        raise errors.RegisterChanged
    if trial.counts[Outcome.REFUSED] and not leave_out_faulty:
        raise errors.FaultyRows
    store(row for row in trial.rows if row.outcome != Outcome.REFUSED)
    found.result = trial.counts
    found.applied_at = clock.now()
    found.save(update_fields=["result", "applied_at"])
    return found


@service
def drop_import(import_id: int, *, actor: User) -> None:
    """Forget a table that was not stored.

    :raises NotAllowed: when the actor does not coordinate there.
    :raises WrongState: when it has been stored.
    """
    found = _locked(import_id, actor)
    if found.applied_at:
        raise WrongState
    found.delete()


def _locked(import_id: int, actor: User) -> RegisterImport:
    found = RegisterImport.objects.select_for_update().get(pk=import_id)
    if found.coordinator_id not in actor.ties.coordinator:
        raise NotAllowed
    return found
