"""Everything that an address of the portal can be about, with challenges in every state."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from django.core.files.base import ContentFile

from minno_portal import clock
from minno_portal.outbox.models import Letter
from organisations.membership.enums import Role
from organisations.membership.services import invite_person
from organisations.models import Membership, Organisation, Partnership, User
from organisations.register.enums import Kind
from rounds.call.questions.models import OwnQuestion
from rounds.challenges.attachments.models import Attachment
from rounds.challenges.content import snapshot
from rounds.challenges.enums import DECIDED, Status
from rounds.challenges.helping.models import CompletionPoint, LatePermission
from rounds.challenges.models import Challenge, Revision
from rounds.challenges.table.models import SavedView
from rounds.feedback.models import FeedbackInvitation
from rounds.feedback.tokens import token_hash
from rounds.outcomes.models import Outcome
from rounds.planning.models import Phase, Round, WorkLog
from rounds.projects.models import Team
from rounds.reports.models import RoundReport
from rounds.selection.models import Decision, Packet, Proposal

FEEDBACK_TOKEN = "a-personal-link"

# States of a challenge as far as its pages are concerned; a decision may be told or not.
UNTOLD = "confirmed, not told"
STATES = [*Status.values, UNTOLD]


@dataclass
class Scene:
    """The people by name and the objects by what an address calls them."""

    people: dict[str, User | None]
    round: Round
    organisation: Organisation
    challenges: dict[str, Challenge] = field(default_factory=dict)
    others: dict[str, Any] = field(default_factory=dict)
    # With which each of the people is signed in.
    cookies: dict[str, SimpleCookie] = field(default_factory=dict)


def other_coordinator() -> User:
    """Return a coordinator of another partnership: a stranger to this one."""
    umbrella = Organisation.objects.create(name="Toinen katto ry")
    school = Organisation.objects.create(name="Toinen koulu Oy", kind=Kind.INSTITUTION)
    Partnership.objects.create(
        coordinator=umbrella,
        institution=school,
        prefix="TOINEN",
        agreed_from=dt.date(2024, 1, 1),
        reply_to="toinen@example.org",
        sign_off="Terveisin",
    )
    user = User.objects.create_user("other-coordinator@example.org")
    Membership.objects.create(user=user, organisation=umbrella, role=Role.COORDINATOR)
    return user


def challenge_in(state: str, draft: Challenge, decider: User, number: int) -> Challenge:
    """Return a copy of `draft` in `state`, written as the services would have left it."""
    status = Status.CONFIRMED.value if state == UNTOLD else state
    moment = clock.now()
    copy = Challenge.objects.get(pk=draft.pk)
    copy.pk = None
    copy._state.adding = True
    copy.status = status
    if status != Status.DRAFT:
        copy.number, copy.submitted_at = number, moment
        copy.reference = draft.round.reference(number)
    if status == Status.NEEDS_COMPLETION:
        copy.completion_due_at = moment + dt.timedelta(days=3)
    if status in DECIDED:
        copy.decided_at, copy.decided_by = moment, decider
        copy.announced_at = None if state == UNTOLD else moment
        if state != UNTOLD:
            copy.told_outcome = status if status in ("reserve", "not_selected") else "confirmed"
    copy.save()
    if status != Status.DRAFT:
        Revision.objects.create(challenge=copy, number=1, content=snapshot(copy))
    if status in DECIDED:
        outcome = status if status in ("reserve", "not_selected") else "confirmed"
        Decision.objects.create(
            challenge=copy,
            outcome=outcome,
            reason="Perustelu",
            decided_by=decider,
            announced_at=copy.announced_at,
        )
    return copy


def submitted_attachment(challenge: Challenge) -> Attachment:
    """Return a file of a challenge that its submitted version names."""
    attachment = Attachment(
        challenge=challenge, name="Raportti.pdf", content_type="application/pdf", size=4
    )
    attachment.file.save("Raportti.pdf", ContentFile(b"%PDF"))
    challenge.revisions.update(content=snapshot(challenge))
    return attachment


def letter_in(state: str, round_: Round) -> Letter:
    """Return a letter of the round's in a state."""
    return Letter.objects.create(
        key=f"scene:{state}",
        kind="receipt",
        state=state,
        recipient="contact@example.org",
        language="fi",
        subject="Kuitti",
        text="Teksti",
        message_id=f"<{state}@example.org>",
        thread=round_.slug,
        house=round_.partnership_id,
    )


def add_objects(scene: Scene, contact: User, coordinator: User) -> None:
    """Add one of everything else that an address can name."""
    completed = scene.challenges[Status.COMPLETED]
    packet = Packet.objects.create(round=scene.round, number=1, sent_by=coordinator)
    proposed = scene.challenges[Status.PROPOSED]
    phase = Phase.objects.create(round=scene.round, number=1, key="continuity")
    FeedbackInvitation.objects.create(
        round=scene.round,
        role="association",
        email=contact.email,
        token_hash=token_hash(FEEDBACK_TOKEN),
    )
    scene.others = {
        "saved view": SavedView.objects.create(user=coordinator, name="Omat"),
        "question": OwnQuestion.objects.create(
            round=scene.round, section="team", kind="number", label_fi="Montako?"
        ),
        "proposal": Proposal.objects.create(
            packet=packet,
            challenge=proposed,
            position=1,
            suggested="confirmed",
            proposed_by=coordinator,
        ),
        "work": WorkLog.objects.create(
            phase=phase, user=coordinator, done_on=clock.today(), days="0.5"
        ),
        "team": Team.objects.create(challenge=completed, name="Tiimi"),
        "outcome": Outcome.objects.create(
            challenge=completed, title="Tuotos", summary="Tiivistelmä", kind="concept"
        ),
        "attachment": submitted_attachment(completed),
        "point": CompletionPoint.objects.create(
            challenge=scene.challenges[Status.NEEDS_COMPLETION], text="Ketkä käyvät?"
        ),
        "late": LatePermission.objects.create(
            round=scene.round,
            organisation=scene.organisation,
            until=scene.round.call_closes_at + dt.timedelta(days=2),
        ),
        "report": RoundReport.objects.create(round=scene.round),
        "held letter": letter_in("held", scene.round),
        "lost letter": letter_in("failed", scene.round),
        "token": invite_person(
            scene.organisation.pk,
            email="invited@example.org",
            role=Role.CONTACT,
            language="fi",
            actor=contact,
        ),
    }
