"""Every change of a challenge that its association or the coordinator makes before selection."""

from __future__ import annotations

import datetime as dt
from typing import Any

import rules

from minno_portal import clock
from minno_portal.errors import NotAllowed, WrongState
from minno_portal.services import service
from organisations.people.models import User
from organisations.register.models import Organisation
from rounds.call.terms import PRIVACY_VERSION, TERMS_VERSION
from rounds.challenges import letters
from rounds.challenges.content import missing_points, restore, snapshot
from rounds.challenges.enums import EDITABLE, Status, Visibility
from rounds.challenges.errors import (
    CallClosed,
    CallNotOpen,
    CompletionOver,
    DateNotAhead,
    EmptyComment,
    Incomplete,
    TermsNotAccepted,
)
from rounds.challenges.merging import changes_to_save
from rounds.challenges.models import Challenge, Comment, Revision
from rounds.challenges.permissions import writes_for
from rounds.challenges.sections import BY_KEY
from rounds.challenges.transitions import TABLE, lock_challenge, lock_with_round, move
from rounds.planning.models import Round

# When a day's deadline falls, as the call's own does: people are still at work to help.
DEADLINE_HOUR = 16
# The same comment again within this time is a second press of the button.
SECOND_PRESS = dt.timedelta(minutes=1)


@service
def begin_challenge(round_id: int, *, organisation_id: int, actor: User) -> Challenge:
    """Begin a draft in a round whose call is open.

    :raises NotAllowed: when the actor is no contact person of the organisation.
    :raises CallNotOpen: before the call opens and after it closes.
    """
    organisation = Organisation.objects.get(pk=organisation_id)
    _require("rounds.begin_challenge", actor, organisation)
    if not Round.objects.get(pk=round_id).call_is_open:
        raise CallNotOpen
    moment = clock.now()
    return Challenge.objects.create(
        round_id=round_id,
        organisation=organisation,
        language=organisation.language,
        working_language=organisation.language,
        contact_name=actor.name,
        contact_email=actor.email,
        contact_phone=actor.phone,
        created_by=actor,
        created_at=moment,
        saved_at=moment,
    )


@service
def save_section(
    challenge_id: int, *, section: str, values: dict[str, Any], version: int | None, actor: User
) -> Challenge:
    """Save what was typed in one section; nothing is required, and no deadline stands in the way.

    A draft stays the association's own after the call has closed: only submitting ends.

    :param values: field names of the section with clean values (see `forms`).
    :param version: the version of the challenge that the person had opened; None overwrites.
    :raises NotAllowed: when the actor may not write for the association.
    :raises WrongState: when the challenge is no longer the association's to edit.
    :raises Overtaken: when somebody else changed the same field in between.
    """
    unknown = values.keys() - set(BY_KEY[section].fields)
    if unknown:
        raise ValueError(f"section {section} does not write {sorted(unknown)}")
    challenge = lock_challenge(challenge_id)
    _require("rounds.write_challenge", actor, challenge)
    if challenge.status not in EDITABLE:
        raise WrongState
    changes = changes_to_save(challenge, values, version)
    _write(challenge, changes)
    challenge.version += bool(changes)
    challenge.saved_at = clock.now()
    challenge.save()
    return challenge


@service
def submit_challenge(challenge_id: int, *, accepted_terms: bool, actor: User) -> Challenge:
    """Submit a draft, or what was asked to be completed; a second press changes nothing.

    The first time gives the round's next reference number. Each time the whole text is kept as a
    version and the contact person gets a receipt.

    :raises NotAllowed: when the actor may not write for the association.
    :raises WrongState: when the challenge is no longer the association's to submit.
    :raises CallClosed: when a draft's call is not open (any more).
    :raises CompletionOver: when the time for completing has passed.
    :raises TermsNotAccepted: when the present terms have not been accepted.
    :raises Incomplete: with everything that is still missing.
    """
    # Taken before waiting for the locks: whoever pressed in time is in time, however long the
    # queue at the deadline is.
    moment = clock.now()
    challenge = lock_with_round(challenge_id)
    _require("rounds.submit_challenge", actor, challenge)
    if challenge.status == Status.SUBMITTED:
        return challenge
    TABLE.require(challenge, "submit", actor=actor)
    _require_time(challenge, moment)
    if not accepted_terms and challenge.terms_version != TERMS_VERSION:
        raise TermsNotAccepted
    content = snapshot(challenge)
    missing = missing_points(content)
    if missing:
        raise Incomplete(missing)
    if challenge.submitted_at is None:
        _give_reference(challenge, moment)
    if accepted_terms:
        challenge.terms_version = TERMS_VERSION
        challenge.privacy_version = PRIVACY_VERSION
        challenge.terms_accepted_at = moment
        challenge.terms_accepted_by = actor
    challenge.completion_due_at = None
    move(challenge, "submit", actor=actor)
    revision = Revision.objects.create(
        challenge=challenge,
        number=challenge.revisions.count() + 1,
        content=content,
        submitted_by=actor,
        submitted_at=moment,
    )
    letters.queue_receipt(challenge, revision)
    return challenge


@service
def withdraw_challenge(challenge_id: int, *, actor: User) -> Challenge:
    """Withdraw a challenge at any point before its project starts.

    :raises NotAllowed: when the actor may not write for the association.
    :raises WrongState: when the project is under way, or a refusal has been told.
    """
    challenge = lock_with_round(challenge_id)
    _require("rounds.withdraw_challenge", actor, challenge)
    if challenge.status == Status.NOT_SELECTED and challenge.is_told:
        raise WrongState
    challenge.completion_due_at = None
    move(challenge, "withdraw", actor=actor)
    return challenge


@service
def ask_completion(challenge_id: int, *, comment: str, due_on: dt.date, actor: User) -> Challenge:
    """Give a challenge back to its association to complete, with a comment and a date.

    Asking again gives a new date.

    :param due_on: the day by which, at the hour when calls close.
    :raises NotAllowed: when the actor does not coordinate the round.
    :raises WrongState: when the challenge has gone further, or was withdrawn.
    :raises DateNotAhead: when the date has passed.
    :raises EmptyComment: when nothing is asked.
    """
    due_at = clock.helsinki(due_on, DEADLINE_HOUR)
    if due_at <= clock.now():
        raise DateNotAhead
    challenge = lock_with_round(challenge_id)
    TABLE.require(challenge, "ask_completion", actor=actor)
    challenge.completion_due_at = due_at
    move(challenge, "ask_completion", actor=actor)
    said = _say(challenge, comment, Visibility.ASSOCIATION, actor)
    letters.queue_needs_completion(challenge, said)
    return challenge


@service
def end_completion(challenge_id: int, *, actor: User) -> Challenge:
    """Take the last submitted version as it is, without waiting for the completion any longer.

    What the association has typed since stays in the history.

    :raises NotAllowed: when the actor does not coordinate the round.
    :raises WrongState: when no completion is awaited.
    """
    challenge = lock_with_round(challenge_id)
    TABLE.require(challenge, "end_completion", actor=actor)
    _write(challenge, restore(challenge.revisions.latest("number").content))
    challenge.version += 1
    challenge.completion_due_at = None
    move(challenge, "end_completion", actor=actor)
    return challenge


@service
def add_comment(challenge_id: int, *, body: str, visibility: str, actor: User) -> Comment:
    """Say something about a challenge; the other side gets a letter of what it may read.

    :param visibility: a `Visibility`.
    :raises NotAllowed: when the actor may not comment, or not with this visibility.
    :raises EmptyComment: when there is no text.
    """
    challenge = lock_challenge(challenge_id)
    among_parties = visibility == Visibility.PARTIES
    _require(
        "rounds.comment_among_parties" if among_parties else "rounds.comment_challenge",
        actor,
        challenge,
    )
    last = challenge.comments.filter(author=actor).last()
    is_repeat = last and (last.body, last.visibility) == (body.strip(), visibility)
    if last and is_repeat and last.created_at > clock.now() - SECOND_PRESS:
        return last
    comment = _say(challenge, body, Visibility(visibility), actor)
    if visibility == Visibility.ASSOCIATION:
        from_association = bool(writes_for.test(actor, challenge))
        letters.queue_comment(challenge, comment, from_association=from_association)
    return comment


def _require(permission: str, actor: User, thing: object) -> None:
    if not rules.has_perm(permission, actor, thing):
        raise NotAllowed


def _require_time(challenge: Challenge, moment: dt.datetime) -> None:
    if challenge.status == Status.DRAFT:
        call = challenge.round
        if not call.is_published or not call.call_opens_at <= moment < call.call_closes_at:
            raise CallClosed
    elif challenge.completion_due_at and moment >= challenge.completion_due_at:
        raise CompletionOver


def _give_reference(challenge: Challenge, moment: dt.datetime) -> None:
    """Give the round's next number; the round is locked, so none is skipped or given twice."""
    challenge.round.last_reference += 1
    challenge.round.save(update_fields=["last_reference"])
    challenge.number = challenge.round.last_reference
    challenge.reference = challenge.round.reference(challenge.number)
    challenge.submitted_at = moment


def _write(challenge: Challenge, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if name == "counties":
            challenge.counties.set(value)
        elif name in ("fund", "objective"):
            setattr(challenge, f"{name}_id", getattr(value, "pk", value))
        else:
            setattr(challenge, name, value)


def _say(challenge: Challenge, body: str, visibility: Visibility, actor: User) -> Comment:
    if not body.strip():
        raise EmptyComment
    return Comment.objects.create(
        challenge=challenge,
        author=actor,
        visibility=visibility,
        body=body.strip(),
        created_at=clock.now(),
    )
