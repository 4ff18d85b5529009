"""Every change of a challenge that its association or the coordinator makes before selection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from minno_portal import clock
from minno_portal.errors import WrongState
from minno_portal.services import require_permission, service
from organisations.people.models import User
from organisations.register.errors import OrganisationGone
from organisations.register.models import Organisation
from rounds.call.questions.enums import SectionKey
from rounds.call.questions.standard import FIELDS_OF
from rounds.call.terms import TERMS_VERSION
from rounds.challenges import letters
from rounds.challenges.attachments.services import restore_attachments
from rounds.challenges.content import missing_points, restore, snapshot
from rounds.challenges.enums import EDITABLE, FundingThought, Side, Status, Visibility
from rounds.challenges.errors import (
    CallClosed,
    CallNotOpen,
    CompletionOver,
    DateNotAhead,
    EmptyComment,
    Incomplete,
    TermsNotAccepted,
)
from rounds.challenges.helping.errors import NothingAsked
from rounds.challenges.helping.late import takes_challenges
from rounds.challenges.helping.points import add_points, tidy
from rounds.challenges.merging import changes_to_save
from rounds.challenges.models import Challenge, Comment, Revision
from rounds.challenges.own_answers import PREFIX
from rounds.challenges.permissions import writes_for
from rounds.challenges.signals import challenge_withdrawn
from rounds.challenges.terms.recording import record_acceptance
from rounds.challenges.transitions import TABLE, lock_challenge, lock_with_round, move
from rounds.planning.models import Round

CONTACT_FIELDS = frozenset(FIELDS_OF[SectionKey.CONTACT])
# When a day's deadline falls, as the call's own does: people are still at work to help.
DEADLINE_HOUR = 16
# The same comment again within this time is a second press of the button.
SECOND_PRESS = dt.timedelta(minutes=1)


@service
def begin_challenge(round_id: int, *, organisation_id: int, actor: User) -> Challenge:
    """Begin a draft in a round whose call is open.

    :raises NotAllowed: when the actor is no contact person of the organisation.
    :raises CallNotOpen: before the call opens and after it closes.
    :raises OrganisationGone: when the organisation has been merged away at this moment.
    """
    organisation = organisation_of(organisation_id)
    require_permission("rounds.begin_challenge", actor, organisation)
    if not takes_challenges(Round.objects.get(pk=round_id), organisation_id, clock.now()):
        raise CallNotOpen
    return new_draft(round_id, organisation, actor)


def new_draft(round_id: int, organisation: Organisation, actor: User) -> Challenge:
    """Store an empty draft; who may, and when, has been asked.

    :raises OrganisationGone: when the organisation has been merged away at this moment.
    """
    organisation_of(organisation.pk, locks=True)
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


def organisation_of(organisation_id: int, *, locks: bool = False) -> Organisation:
    """Return the organisation, which stays as it is until the transaction ends if it is locked.

    It is locked last of all, where a row is about to point at it: merging locks challenges first.

    :raises OrganisationGone: when there is none (any more).
    """
    rows = Organisation.objects.all()
    if locks:
        rows = rows.select_for_update(no_key=True)
    found: Organisation | None = rows.filter(pk=organisation_id).first()
    if found is None:
        raise OrganisationGone
    return found


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
    challenge = lock_challenge(challenge_id)
    require_permission("rounds.write_challenge", actor, challenge)
    standard = {name for name in values if not name.startswith(PREFIX)}
    if unknown := standard.difference(FIELDS_OF[section]):
        raise ValueError(f"section {section} does not write {sorted(unknown)}")
    if challenge.status not in EDITABLE:
        raise WrongState
    changes = changes_to_save(challenge, values, version)
    write_values(challenge, changes)
    challenge.version += bool(changes)
    challenge.saved_at = clock.now()
    challenge.save()
    return challenge


@service
def submit_challenge(
    challenge_id: int, *, accepted_terms: bool, actor: User, pressed_at: dt.datetime | None = None
) -> Challenge:
    """Submit a draft, or what was asked to be completed; a second press changes nothing.

    The first time gives the round's next reference number. Each time the whole text is kept as a
    version and the contact person gets a receipt.

    :param pressed_at: when the button was pressed; None for now.
    :raises NotAllowed: when the actor may not write for the association.
    :raises WrongState: when the challenge is no longer the association's to submit.
    :raises CallClosed: when a draft's call is not open (any more).
    :raises CompletionOver: when the time for completing has passed.
    :raises TermsNotAccepted: when the present terms have not been accepted.
    :raises Incomplete: with everything that is still missing.
    """
    # Taken before waiting for the locks: whoever pressed in time is in time, however long the
    # queue at the deadline is.
    moment = pressed_at or clock.now()
    challenge = lock_with_round(challenge_id)
    require_permission("rounds.submit_challenge", actor, challenge)
    if challenge.status == Status.SUBMITTED:
        return challenge
    TABLE.require(challenge, "submit", actor=actor)
    _require_time(challenge, moment)
    if not accepted_terms and challenge.terms_version != TERMS_VERSION:
        raise TermsNotAccepted
    content = snapshot(challenge)
    missing = missing_points(content, challenge.round)
    if missing:
        raise Incomplete(missing)
    if challenge.submitted_at is None:
        _give_reference(challenge, moment)
    if accepted_terms:
        record_acceptance(challenge, moment=moment, actor=actor)
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
    require_permission("rounds.withdraw_challenge", actor, challenge)
    if challenge.told_status == Status.NOT_SELECTED:
        raise WrongState
    challenge.completion_due_at = None
    was = challenge.status
    move(challenge, "withdraw", actor=actor)
    challenge_withdrawn.send(Challenge, challenge=challenge, was=was)
    return challenge


@service
def ask_completion(
    challenge_id: int,
    *,
    comment: str,
    due_on: dt.date,
    actor: User,
    points: Sequence[str] = (),
) -> Challenge:
    """Give a challenge back to its association to complete, with a comment, points and a date.

    Asking again gives a new date, and adds to the points.

    :param due_on: the day by which, at the hour when calls close.
    :param points: what to complete, each to be ticked off.
    :raises NotAllowed: when the actor does not coordinate the round.
    :raises WrongState: when the challenge has gone further, or was withdrawn.
    :raises DateNotAhead: when the date has passed.
    :raises NothingAsked: when there is neither a comment nor a point.
    :raises TooMuchAsked: when nobody could tick all the points off.
    """
    if not comment.strip() and not tidy(points):
        raise NothingAsked
    due_at = clock.helsinki(due_on, DEADLINE_HOUR)
    if due_at <= clock.now():
        raise DateNotAhead
    challenge = lock_with_round(challenge_id)
    TABLE.require(challenge, "ask_completion", actor=actor)
    challenge.completion_due_at = due_at
    move(challenge, "ask_completion", actor=actor)
    said = _say(challenge, comment, Visibility.ASSOCIATION, actor) if comment.strip() else None
    letters.queue_needs_completion(challenge, said, add_points(challenge, points, actor))
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
    content = challenge.revisions.latest("number").content
    # Who is asked and told stays as it is now: that is not part of what is being completed.
    values = {name: value for name, value in restore(content).items() if name not in CONTACT_FIELDS}
    write_values(challenge, values)
    restore_attachments(challenge, content, actor=actor)
    challenge.version += 1
    challenge.completion_due_at = None
    move(challenge, "end_completion", actor=actor)
    return challenge


@service
def add_comment(challenge_id: int, *, body: str, visibility: str, actor: User) -> Comment:
    """Say something about a challenge; the other side gets a letter of what it may read, later.

    :param visibility: a `Visibility`.
    :raises NotAllowed: when the actor may not comment, or not with this visibility.
    :raises EmptyComment: when there is no text.
    """
    challenge = lock_challenge(challenge_id)
    among_parties = visibility == Visibility.PARTIES
    require_permission(
        "rounds.comment_among_parties" if among_parties else "rounds.comment_challenge",
        actor,
        challenge,
    )
    last = challenge.comments.filter(author=actor).last()
    is_repeat = last and (last.body, last.visibility) == (body.strip(), visibility)
    if last and is_repeat and last.created_at > clock.now() - SECOND_PRESS:
        return last
    told_to = ""
    if visibility == Visibility.ASSOCIATION:
        told_to = Side.COORDINATOR if writes_for.test(actor, challenge) else Side.ASSOCIATION
    return _say(challenge, body, Visibility(visibility), actor, told_to=told_to)


def _require_time(challenge: Challenge, moment: dt.datetime) -> None:
    if challenge.status == Status.DRAFT:
        if not takes_challenges(challenge.round, challenge.organisation_id, moment):
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


def write_values(challenge: Challenge, values: dict[str, Any]) -> None:
    """Set clean values on a challenge that is stored already; it is the caller who saves it."""
    for name, value in values.items():
        if name == "counties":
            challenge.counties.set(value)
        elif name.startswith(PREFIX):
            _answer(challenge, name, value)
        elif name in ("fund", "objective"):
            setattr(challenge, f"{name}_id", getattr(value, "pk", value))
        else:
            setattr(challenge, name, value)
    if challenge.funding_thought != FundingThought.FUND:
        # Also where the round does not ask for them: a fund means nothing without the thought.
        challenge.fund = challenge.objective = None


def _answer(challenge: Challenge, name: str, value: Any) -> None:
    """Keep an answer to an own question; no answer is not kept."""
    others = {key: answer for key, answer in challenge.own_answers.items() if key != name}
    challenge.own_answers = others if value is None else {**others, name: value}


def _say(
    challenge: Challenge, body: str, visibility: Visibility, actor: User, *, told_to: str = ""
) -> Comment:
    if not body.strip():
        raise EmptyComment
    return Comment.objects.create(
        challenge=challenge,
        author=actor,
        visibility=visibility,
        body=body.strip(),
        told_to=told_to,
        created_at=clock.now(),
    )
