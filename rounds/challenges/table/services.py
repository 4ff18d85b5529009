"""What a person keeps of the table: own views, and what has been read."""

from __future__ import annotations

import rules
from django.db.models import Max

from minno_portal import clock
from minno_portal.errors import NotAllowed
from minno_portal.services import service
from organisations.people.models import User
from rounds.challenges.helping.models import Reading
from rounds.challenges.helping.services import record_reading
from rounds.challenges.models import Challenge, Revision
from rounds.challenges.table.errors import (
    AlreadyRead,
    AlreadyUnread,
    NameTaken,
    NoName,
    TooManyFilters,
    TooManyViews,
)
from rounds.challenges.table.models import NAME_LENGTH, QUERY_LENGTH, SavedView

MOST_VIEWS = 30


@service
def save_view(*, name: str, query: str, actor: User) -> SavedView:
    """Keep filters, order and columns under a name, for every round.

    :param query: as `Filters.query` writes it.
    :raises NoName: without a name.
    :raises NameTaken: when the actor has a view with the name.
    :raises TooManyFilters: when the query does not fit.
    :raises TooManyViews: when the actor has enough of them.
    """
    _lock(actor)
    name = _free_name(name, actor)
    if len(query) > QUERY_LENGTH:
        raise TooManyFilters
    if actor.saved_views.count() >= MOST_VIEWS:
        raise TooManyViews
    return SavedView.objects.create(user=actor, name=name, query=query, created_at=clock.now())


@service
def rename_view(view_id: int, *, name: str, actor: User) -> SavedView:
    """Give an own view another name.

    :raises NotAllowed: when the view is somebody else's.
    :raises NoName: without a name.
    :raises NameTaken: when the actor has another view with the name.
    """
    _lock(actor)
    view = _own(view_id, actor)
    view.name = _free_name(name, actor, but=view_id)
    view.save(update_fields=["name"])
    return view


@service
def delete_view(view_id: int, *, actor: User) -> None:
    """Delete an own view.

    :raises NotAllowed: when the view is somebody else's, or gone.
    """
    _lock(actor)
    _own(view_id, actor).delete()


@service
def mark_read(challenge_id: int, *, actor: User) -> None:
    """Note that the actor has read the newest version.

    :raises NotAllowed: when the actor may not see the challenge.
    :raises AlreadyRead: when it was noted before.
    """
    challenge, newest = _newest_version(challenge_id, actor)
    if Reading.objects.filter(challenge=challenge, user=actor, revision__gte=newest).exists():
        raise AlreadyRead
    record_reading(challenge, newest, reader=actor)


@service
def mark_unread(challenge_id: int, *, actor: User) -> None:
    """Forget that the actor has read the challenge.

    :raises NotAllowed: when the actor may not see the challenge.
    :raises AlreadyUnread: when nothing newer than the last reading was read.
    """
    challenge, newest = _newest_version(challenge_id, actor)
    read = Reading.objects.filter(challenge=challenge, user=actor, revision__gte=newest)
    if not read.delete()[0]:
        raise AlreadyUnread


def _newest_version(challenge_id: int, actor: User) -> tuple[Challenge, int]:
    challenge = Challenge.objects.select_related("round__partnership").get(pk=challenge_id)
    if not rules.has_perm("rounds.see_challenge", actor, challenge):
        raise NotAllowed
    newest = Revision.objects.filter(challenge=challenge_id).aggregate(newest=Max("number"))
    return challenge, newest["newest"] or 0


def _lock(actor: User) -> None:
    """Let a person's views change one at a time: their names are unique."""
    User.objects.select_for_update().get(pk=actor.pk)


def _own(view_id: int, actor: User) -> SavedView:
    view = SavedView.objects.filter(pk=view_id, user=actor).first()
    if view is None:
        raise NotAllowed
    return view


def _free_name(name: str, actor: User, *, but: int = 0) -> str:
    name = " ".join(name.replace("\x00", "").split())[:NAME_LENGTH]
    if not name:
        raise NoName
    if actor.saved_views.filter(name__iexact=name).exclude(pk=but).exists():
        raise NameTaken
    return name
