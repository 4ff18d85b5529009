"""Examples of the letters about a challenge: the newest one of the round where there is one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from django.db.models import Model
from django.utils.translation import gettext as _

from minno_portal import clock, dates
from minno_portal.outbox.addresses import absolute_url
from minno_portal.outbox.examples import Example, example
from minno_portal.outbox.kinds import Kind
from minno_portal.outbox.rendering import Addressee
from organisations.examples import organisation_name
from organisations.models import Organisation, User
from rounds.challenges import letters
from rounds.challenges.comment_letters import said
from rounds.challenges.enums import EDITABLE
from rounds.challenges.helping.letters import LATE_PERMISSION
from rounds.challenges.models import Challenge, Comment
from rounds.challenges.reminders import draft_reminder
from rounds.planning.examples import invented_round, real_round, round_for
from rounds.planning.models import Round

_TWO_WEEKS = dt.timedelta(weeks=2)

# What a letter tells beside the challenge itself, in the present language.
Rest = Callable[[Challenge], dict[str, str]]
# Everything that a letter about one challenge says to a reader.
Of = Callable[[Challenge, Addressee], Mapping[str, object]]


def challenge_example(*kinds: Kind) -> Callable[[Rest], Rest]:
    """Register what fills the placeholders that some kinds have beside those of `ABOUT`."""

    def register(rest: Rest) -> Rest:
        def make(owner: Model | None) -> Example:
            return of_challenge(owner, rest)

        example(*kinds)(make)
        return rest

    return register


def letter_example(*kinds: Kind) -> Callable[[Of], Of]:
    """Register what writes a letter about a person's challenges; the example has one."""

    def register(write: Of) -> Of:
        def make(owner: Model | None) -> Example:
            round_ = real_round(owner)
            real = _newest(round_) if round_ else None

            def values(to: Addressee) -> Mapping[str, object]:
                return write(real or invented_challenge(round_ or invented_round(owner)), to)

            source = f"{real.reference} {real.title}" if real else ""
            return Example(values, real.contact_name if real else "Aino Virtanen", source)

        example(*kinds)(make)
        return write

    return register


def of_challenge(owner: Model | None, rest: Rest) -> Example:
    """Return an example about the newest submitted challenge, or about an invented one."""
    round_ = real_round(owner)
    real = _newest(round_) if round_ else None

    def values(to: Addressee) -> dict[str, str]:
        challenge = real or invented_challenge(round_ or invented_round(owner))
        return {**letters.about(challenge, to), **rest(challenge)}

    source = f"{real.reference} {real.title}" if real else ""
    return Example(values, real.contact_name if real else "Aino Virtanen", source)


def _newest(round_: Round) -> Challenge | None:
    # Nothing that its association is still writing: the preview is the coordinator's.
    submitted = Challenge.objects.filter(round=round_, submitted_at__isnull=False)
    submitted = submitted.exclude(status__in=EDITABLE)
    newest: Challenge | None = (
        submitted.select_related("organisation").order_by("-submitted_at", "-pk").first()
    )
    if newest is not None:
        newest.round = round_
    return newest


def invented_challenge(round_: Round) -> Challenge:
    """Return a challenge that is nowhere stored, in the present language."""
    return Challenge(
        pk=0,
        round=round_,
        organisation=Organisation(name=organisation_name()),
        title=_("How do we notice loneliness in time?"),
        reference=round_.reference(3),
        contact_name="Aino Virtanen",
        contact_phone="040 1234567",
        contact_email="aino.virtanen@example.org",
    )


@challenge_example(letters.RECEIPT, letters.COMPLETION_RECEIPT)
def _receipt(challenge: Challenge) -> dict[str, str]:
    return letters.receipt_values(challenge)


@challenge_example(letters.NEEDS_COMPLETION)
def _completion(challenge: Challenge) -> dict[str, str]:
    return {
        "message": _("The need is described well. Two details would help the students."),
        "points": letters.ticked_off(
            [_("How many people come to you in a year?"), _("What has been tried before?")]
        ),
        "deadline": dates.deadline(clock.helsinki(clock.today() + _TWO_WEEKS, 16)),
    }


@challenge_example(letters.COMMENT, letters.ASSOCIATION_COMMENT)
def _comment(challenge: Challenge) -> dict[str, str]:
    body = _("Could the team meet the people this is about? When would it suit?")
    writer = User(name="Maija Mallikas", email="maija.mallikas@example.org")
    return {"comments": said([Comment(author=writer, body=body, created_at=clock.now())])}


@challenge_example(letters.CONTACT_NEW, letters.CONTACT_OLD)
def _contact(challenge: Challenge) -> dict[str, str]:
    return {"actor": "Aino Virtanen", "name": challenge.contact_name}


@example(letters.DRAFT_REMINDER, letters.LATE_DRAFT_REMINDER)
def draft(owner: Model | None) -> Example:
    """Show one draft, which is invented: real ones are their associations' own."""

    def values(to: Addressee) -> Mapping[str, object]:
        written = invented_challenge(round_for(owner))
        written.closes_at = written.round.call_closes_at  # type: ignore[attr-defined]
        return draft_reminder([written]).values(to)

    return Example(values, "Aino Virtanen")


@example(LATE_PERMISSION)
def late_permission(owner: Model | None) -> Example:
    """Show a deadline of one's own, a week after the others'."""

    def values(to: Addressee) -> dict[str, str]:
        round_ = round_for(owner)
        return {
            "organisation": organisation_name(),
            "code": round_.code,
            "deadline": dates.deadline(round_.call_closes_at + _TWO_WEEKS / 2),
            "reason": _("You told us that your contact person is ill. Take the time you need."),
            "url": absolute_url("challenge-new", round_.slug, language=to.language),
        }

    return Example(values, "Aino Virtanen")
