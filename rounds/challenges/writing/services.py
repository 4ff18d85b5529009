"""Making a draft of what was typed before there was one, and giving it at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import rules

from minno_portal import clock
from minno_portal.errors import NotAllowed
from minno_portal.services import service
from organisations.people.models import User
from organisations.people.services import update_person
from organisations.register.models import Organisation
from organisations.register.services import join_or_create
from rounds.challenges.enums import Status
from rounds.challenges.errors import CallNotOpen
from rounds.challenges.merging import comparable, stored
from rounds.challenges.models import Challenge
from rounds.challenges.services import (
    new_draft,
    organisation_of,
    submit_challenge,
    write_values,
)
from rounds.planning.locks import lock_round
from rounds.planning.models import Round

# The same text from the same person within this time is a second press of the button.
SECOND_PRESS = dt.timedelta(hours=1)
# What is compared to tell whether a text is the same.
TELLING = ("title", "summary", "need", "change_sought")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """How a newcomer names their association; see `join_or_create`."""

    name: str
    business_id: str | None
    language: str
    chosen: int | None


@service
def begin_with_text(
    round_id: int, *, organisation_id: int, values: dict[str, Any], language: str, actor: User
) -> Challenge:
    """Make a draft of what was typed; a second press finds the first one's.

    Unlike an empty draft, a text becomes one also after the call has closed: who was writing at
    that moment loses nothing. It can no longer be submitted then.

    :param values: clean values of any sections by field.
    :param language: in which the text was written.
    :raises NotAllowed: when the actor is no contact person of the organisation.
    :raises CallNotOpen: before the call opens.
    :raises OrganisationGone: when the organisation has been merged away at this moment.
    """
    round_ = lock_round(round_id)
    organisation = organisation_of(organisation_id)
    if not rules.has_perm("rounds.begin_challenge", actor, organisation):
        raise NotAllowed
    if not round_.is_published or round_.call_opens_at > clock.now():
        raise CallNotOpen
    before = _pressed_before(round_, organisation, values, actor)
    if before:
        return before
    draft = new_draft(round_id, organisation, actor)
    draft.language = language
    write_values(draft, values)
    draft.version += 1
    draft.save()
    return draft


@service
def give_challenge(
    round_id: int,
    *,
    organisation: int | Newcomer,
    values: dict[str, Any],
    language: str,
    submits: bool,
    actor: User,
) -> Challenge:
    """Do all that a newcomer does last in one press: organisation, draft, terms, submitting.

    Either everything happens or nothing does.

    :param organisation: the id of one of the actor's own, or how a newcomer names theirs.
    :param submits: whether it is submitted, the terms accepted, or left as a draft.
    :raises Refused: what `join_or_create`, `begin_with_text` and `submit_challenge` raise.
    """
    # Before any waiting, as in `submit_challenge`: whoever pressed in time is in time.
    moment = clock.now()
    # A round is locked before an organisation, here as where a colleague begins beside this.
    lock_round(round_id)
    try:
        if isinstance(organisation, Newcomer):
            organisation = _joined(organisation, actor)
        _introduce(actor, values)
        challenge = begin_with_text(
            round_id, organisation_id=organisation, values=values, language=language, actor=actor
        )
        if submits:
            return submit_challenge(
                challenge.pk, accepted_terms=True, actor=actor, pressed_at=moment
            )
    except Exception:
        # What was joined is undone with the rest.
        actor.forget_ties()
        raise
    return challenge


def _joined(newcomer: Newcomer, actor: User) -> int:
    return join_or_create(
        name=newcomer.name,
        business_id=newcomer.business_id,
        language=newcomer.language,
        chosen=newcomer.chosen,
        actor=actor,
    ).pk


def _introduce(actor: User, values: dict[str, Any]) -> None:
    """Learn a newcomer's name from the first contact details they give of themselves."""
    is_own = str(values.get("contact_email") or "").lower() == actor.email
    if is_own and not actor.name and values.get("contact_name"):
        update_person(
            actor.pk,
            name=values["contact_name"],
            phone=actor.phone or values.get("contact_phone") or "",
            language=actor.language,
            actor=actor,
        )
        actor.name = values["contact_name"]


def _pressed_before(
    round_: Round, organisation: Organisation, values: dict[str, Any], actor: User
) -> Challenge | None:
    same = {name: values.get(name) or "" for name in TELLING}
    alike = (
        Challenge.objects.filter(
            round=round_,
            organisation=organisation,
            created_by=actor,
            created_at__gt=clock.now() - SECOND_PRESS,
            **same,
        )
        .exclude(status=Status.WITHDRAWN)
        .order_by("-pk")
    )
    # Another answer anywhere is no second press: it would be lost.
    return next((each for each in alike if _holds(each, values)), None)


def _holds(challenge: Challenge, values: dict[str, Any]) -> bool:
    return all(comparable(value) == stored(challenge, name) for name, value in values.items())
