"""What coordinators write down of an organisation for their own eyes."""

from __future__ import annotations

from minno_portal.errors import NotAllowed, WrongState
from minno_portal.services import service
from organisations.access import require_to
from organisations.people.models import User
from organisations.register.errors import EmptyNote
from organisations.register.models import Note, Organisation


@service
def write_note(organisation_id: int, *, body: str, coordinator_id: int, actor: User) -> Note:
    """Write a note that the coordinators of the actor's own organisation read.

    :param coordinator_id: the coordinating organisation whose note it is.
    :raises NotAllowed: when the actor does not coordinate there.
    :raises EmptyNote: when there is no text.
    """
    organisation = Organisation.objects.get(pk=organisation_id)
    require_to("organisations.write_note", actor, organisation)
    if coordinator_id not in actor.ties.coordinator:
        raise NotAllowed
    if not body.strip():
        raise EmptyNote
    return Note.objects.create(
        organisation=organisation, coordinator_id=coordinator_id, author=actor, body=body.strip()
    )


@service
def remove_note(note_id: int, *, actor: User) -> None:
    """Remove a note of the actor's own organisation; the history keeps that it was there.

    :raises NotAllowed: when it is another organisation's.
    :raises WrongState: when somebody has removed it in between.
    """
    note = Note.objects.filter(pk=note_id).first()
    if note is None:
        raise WrongState
    if note.coordinator_id not in actor.ties.coordinator:
        raise NotAllowed
    note.delete()
