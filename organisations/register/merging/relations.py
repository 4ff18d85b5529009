"""Moving everything that points at one organisation to another, whoever points.

The relations are found by looking at the models, so that a new one cannot be forgotten: it is
moved like any other, and the database refuses where a rule of uniqueness stands in the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import models
from django.db.models import ForeignObjectRel
from pghistory.models import Event

from organisations.membership.enums import Role
from organisations.membership.models import Invitation, Membership
from organisations.register.models import Contact, Organisation

# Moves one model's rows from the first organisation to the second.
Mover = Callable[[Organisation, Organisation], None]
_MOVERS: dict[Any, Mover] = {}


def relations() -> list[ForeignObjectRel]:
    """Return every foreign key to an organisation, but the history's, which tells of the past."""
    found = _meta(Organisation).get_fields(include_hidden=True)
    return [
        each
        for each in found
        if isinstance(each, models.ManyToOneRel) and not issubclass(each.related_model, Event)
    ]


def of_register(relation: ForeignObjectRel) -> bool:
    """Whether the rows are the register's own, so that anybody who keeps it may count them."""
    return bool(_meta(relation.related_model).app_label == _meta(Organisation).app_label)


def moves(model: type[models.Model]) -> Callable[[Mover], Mover]:
    """Register how the rows of a model move where a rule of uniqueness may stand in the way."""

    def register(mover: Mover) -> Mover:
        _MOVERS[model] = mover
        return mover

    return register


def lock_rows(organisation: Organisation) -> None:
    """Lock what points at the organisation, before the organisation itself, as services do."""
    for relation in relations():
        list(_rows(relation, organisation).order_by("pk").select_for_update().values_list("pk"))


def move_all(source: Organisation, target: Organisation) -> None:
    """Point everything at `target`; what `target` has already is dropped from `source`."""
    for relation in relations():
        mover = _MOVERS.get(relation.related_model)
        if mover is not None:
            mover(source, target)
        else:
            _rows(relation, source).update(**{relation.field.name: target})


def _rows(relation: ForeignObjectRel, organisation: Organisation) -> models.QuerySet[Any]:
    """Return the rows that point at the organisation, whatever the model's own manager hides."""
    rows: models.QuerySet[Any] = _meta(relation.related_model).base_manager.all()
    return rows.filter(**{relation.field.name: organisation})


def _meta(model: Any) -> Any:
    return model._meta  # noqa: SLF001 (a documented interface in spite of its name)


def make_claims(unapproved: Organisation) -> None:
    """Let the people of an organisation that nobody has approved say that they act for it.

    They reach what they have begun themselves, as if they had named the right one at once. Whom
    they have invited is not let in by that, nor whom they have named: an address among a known
    association's contact people lets its owner in without asking.
    """
    unapproved.contacts.all().delete()
    unapproved.memberships.filter(role=Role.CONTACT).update(awaits_approval=True)
    unapproved.invitations.filter(accepted_at=None).delete()


@moves(Membership)
def _move_memberships(source: Organisation, target: Organisation) -> None:
    """Keep one membership of a person in a role; an approved one wins over a claim."""
    mine = {(each.user_id, each.role): each for each in target.memberships.all()}
    for membership in source.memberships.all():
        known = mine.get((membership.user_id, membership.role))
        if known is None:
            membership.organisation = target
            membership.save(update_fields=["organisation"])
            continue
        if known.awaits_approval and not membership.awaits_approval:
            known.awaits_approval = False
            known.save(update_fields=["awaits_approval"])
        membership.delete()


@moves(Invitation)
def _move_invitations(source: Organisation, target: Organisation) -> None:
    """Keep one open invitation of an address to a role: the target's own."""
    waiting = target.invitations.filter(accepted_at=None).values_list("email", "role")
    known = set(waiting)
    for invitation in source.invitations.all():
        if invitation.accepted_at is None and (invitation.email, invitation.role) in known:
            invitation.delete()
            continue
        invitation.organisation = target
        invitation.save(update_fields=["organisation"])


@moves(Contact)
def _move_contacts(source: Organisation, target: Organisation) -> None:
    """Keep one contact person of an address; what only the other one tells is taken over."""
    mine = {each.email: each for each in target.contacts.all()}
    for contact in source.contacts.all():
        known = mine.get(contact.email)
        if known is None:
            contact.organisation = target
            contact.save(update_fields=["organisation"])
            continue
        for name in ("name", "phone", "task"):
            setattr(known, name, getattr(known, name) or getattr(contact, name))
        known.no_mail = known.no_mail or contact.no_mail
        known.save()
        contact.delete()


@moves(Organisation.counties.through)
def _move_areas(source: Organisation, target: Organisation) -> None:
    """Leave the areas: which ones stay has been chosen, and they go with their organisation."""


def labels_of_others() -> Iterator[str]:
    """Yield the names of what higher steps keep of an organisation: that moves uncounted."""
    seen: set[str] = set()
    for relation in relations():
        label = str(_meta(relation.related_model).verbose_name_plural)
        if not of_register(relation) and label not in seen:
            seen.add(label)
            yield label


def counted(organisation: Organisation) -> list[tuple[str, int]]:
    """Return the names of what the register keeps of the organisation, with how many there are."""
    return [
        (str(_meta(relation.related_model).verbose_name_plural), count)
        for relation in relations()
        if of_register(relation) and relation.related_model is not Organisation.counties.through
        if (count := _rows(relation, organisation).count())
    ]
