"""Making one association of two that are the same."""

from __future__ import annotations

from collections.abc import Mapping

import pghistory
from django.db import IntegrityError
from django.utils.translation import gettext as _

from minno_portal.services import service
from organisations.access import require_to
from organisations.membership.enums import Role
from organisations.people.models import User
from organisations.register.merging.comparison import AREAS, FIELDS, Side
from organisations.register.merging.errors import (
    BothRunRounds,
    InTheWay,
    RunBySomebodyElse,
    SameOrganisation,
)
from organisations.register.merging.relations import lock_rows, make_claims, move_all
from organisations.register.models import Note, Organisation
from organisations.register.naming import lock_naming


@service
def merge_organisations(
    kept_id: int, *, other_id: int, choices: Mapping[str, Side], actor: User
) -> Organisation:
    """Move everything of the other association to the kept one, and remove the other.

    Members, invitations, contact people, notes, challenges and whatever else points at the other
    one move; what both have is kept once. People of one that nobody has approved only say to act
    for the other: naming it anew opens nothing of it. The history names the one that was removed.

    :param choices: whose value of each of `FIELDS` stays; the kept one's where nothing is said.
    :raises NotAllowed: when the actor is no coordinator, or one of the two is no association.
    :raises RunBySomebodyElse: when one of them runs rounds that are not the actor's.
    :raises BothRunRounds: when both are in partnerships.
    :raises InTheWay: when the database cannot keep something of both.
    """
    if kept_id == other_id:
        raise SameOrganisation
    lock_naming()
    kept, other = _locked(kept_id, other_id)
    for each in (kept, other):
        require_to("organisations.merge_organisations", actor, each)
        if _runs_rounds(each) and each.pk not in actor.ties.coordinator:
            raise RunBySomebodyElse
    if _has_partnerships(kept) and _has_partnerships(other):
        raise BothRunRounds
    former = {"id": other.pk, "name": other.name, "business_id": other.business_id or ""}
    try:
        with pghistory.context(merged=former):
            return _merge(kept, other, choices, actor)
    except IntegrityError as error:
        raise InTheWay from error


def _merge(
    kept: Organisation, other: Organisation, choices: Mapping[str, Side], actor: User
) -> Organisation:
    values = {field: getattr(other, field) for field in FIELDS if field != AREAS}
    areas = set(other.counties.all())
    is_national = other.is_national
    name = f"{other.name} ({other.business_id})" if other.business_id else other.name
    if kept.awaits_approval != other.awaits_approval:
        make_claims(kept if kept.awaits_approval else other)
    move_all(other, kept)
    # The other one's number is free only when it is gone.
    other.delete()
    actor.forget_ties()
    for field, value in values.items():
        if choices.get(field) == Side.OTHER:
            setattr(kept, field, value)
    match choices.get(AREAS):
        case Side.OTHER:
            kept.is_national = is_national
            kept.counties.set(areas)
        case Side.BOTH:
            kept.is_national = kept.is_national or is_national
            kept.counties.add(*areas)
    kept.awaits_approval = kept.awaits_approval and other.awaits_approval
    kept.save()
    Note.objects.create(
        organisation=kept,
        coordinator_id=min(actor.ties.coordinator),
        author=actor,
        body=_("Merged into this one: %(name)s.") % {"name": name},
    )
    return kept


def _locked(kept_id: int, other_id: int) -> tuple[Organisation, Organisation]:
    """Lock what moves and then the two, as services that write it do."""
    ids = (kept_id, other_id)
    for organisation in Organisation.objects.filter(pk__in=ids).order_by("pk"):
        lock_rows(organisation)
    locked = Organisation.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    found = {each.pk: each for each in locked}
    if len(found) < len(ids):
        raise SameOrganisation
    return found[kept_id], found[other_id]


def _has_partnerships(organisation: Organisation) -> bool:
    return organisation.coordinated.exists() or organisation.hosted.exists()


def _runs_rounds(organisation: Organisation) -> bool:
    """Whether its people run rounds: then moving them would give or take power over rounds."""
    runners = organisation.memberships.exclude(role=Role.CONTACT)
    return _has_partnerships(organisation) or runners.exists()
