"""Examples of the letters about assessing, proposing and deciding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db.models import Model
from django.utils.translation import gettext as _

from minno_portal import clock, dates
from minno_portal.outbox.addresses import absolute_url
from minno_portal.outbox.examples import Example, example
from minno_portal.outbox.rendering import Addressee
from rounds.challenges.examples import challenge_example, invented_challenge, letter_example
from rounds.challenges.models import Challenge
from rounds.planning.examples import real_round, round_for
from rounds.planning.models import Round
from rounds.selection.assessing import letters as assessing
from rounds.selection.deciding import letters as deciding
from rounds.selection.deciding import notices
from rounds.selection.deciding.dates import confirm_by
from rounds.selection.deciding.models import Participation
from rounds.selection.enums import Answer
from rounds.selection.models import Packet, Proposal
from rounds.selection.proposing import letters as proposing
from rounds.selection.wording import challenges

_READER = "Mikko Korhonen"


def _of(owner: Model | None, round_: Round | None) -> Round:
    """Return the real round, or an invented one in the present language."""
    return round_ or round_for(owner)


def _name(round_: Round | None) -> str:
    return _("Round %(code)s") % {"code": round_.code} if round_ else ""


@example(assessing.REQUEST)
def assess_request(owner: Model | None) -> Example:
    """Ask for one challenge to be assessed."""
    real = real_round(owner)

    def values(to: Addressee) -> dict[str, str]:
        round_ = _of(owner, real)
        return {
            "code": round_.code,
            "coordinator": round_.partnership.coordinator.shown_name,
            "challenges": challenges(1),
            "lines": assessing.challenge_line(invented_challenge(round_)),
            "by_when": assessing.by_when(round_),
            "url": absolute_url("assess-next", round_.slug, language=to.language),
        }

    return Example(values, _READER, _name(real))


@example(assessing.REMINDER)
def assess_reminder(owner: Model | None) -> Example:
    """Remind of three challenges."""
    real = real_round(owner)

    def values(to: Addressee) -> dict[str, str]:
        round_ = _of(owner, real)
        return {
            "challenges": challenges(3),
            "day": dates.weekday_day(round_.packet_on),
            "lines": assessing.left_lines(assessing.Left(round_, 3), to),
        }

    return Example(values, _READER, _name(real))


@example(proposing.PACKET)
def packet(owner: Model | None) -> Example:
    """Show the first packet of a round."""
    real = real_round(owner)

    def values(to: Addressee) -> dict[str, str]:
        message = _("All five are ready to start. The last one would also suit an evening group.")
        sent = Packet(round=_of(owner, real), number=1, message=message)
        return proposing.packet_values(sent, 5, 0, to)

    return Example(values, _READER, _name(real))


@example(proposing.PACKET_REMINDER)
def packet_reminder(owner: Model | None) -> Example:
    """Remind of two proposals."""
    real = real_round(owner)

    def values(to: Addressee) -> dict[str, str]:
        round_ = _of(owner, real)
        return {
            "challenges": challenges(2),
            "day": dates.weekday_day(round_.decisions_on),
            "lines": proposing.waiting_line(round_, 2),
            "url": absolute_url("admin:rounds_proposal_changelist", language=to.language),
        }

    return Example(values, _READER, _name(real))


@example(proposing.PACKET_ANSWERED, proposing.PROPOSALS_RETURNED)
def answers(owner: Model | None) -> Example:
    """Show one proposal that came back."""
    real = real_round(owner)

    def values(to: Addressee) -> dict[str, str]:
        round_ = _of(owner, real)
        note = _("Which material would the students get?")
        challenge = invented_challenge(round_)
        proposal = Proposal(challenge=challenge, answer=Answer.CHANGE, answer_note=note)
        return proposing.answer_values(
            Packet(round=round_, number=1), [proposal], language=to.language
        )

    return Example(values, _READER, _name(real))


def _reason() -> str:
    return _(
        "The need is described clearly and the students have enough to begin with. "
        "Your offer to meet the team every week decided the matter."
    )


@challenge_example(deciding.CONFIRMED)
def _confirmed(challenge: Challenge) -> dict[str, str]:
    return {
        "reason": _reason(),
        "day": dates.weekday_day(confirm_by(challenge.round)),
        "dates": deciding.coming_dates(challenge.round),
    }


@challenge_example(deciding.RESERVE)
def _reserve(challenge: Challenge) -> dict[str, str]:
    return {"reason": _no_reason(), "day": dates.weekday_day(challenge.round.kickoff_on)}


@challenge_example(deciding.NOT_SELECTED)
def _not_selected(challenge: Challenge) -> dict[str, str]:
    return {"reason": _no_reason()}


def _no_reason() -> str:
    return _(
        "The need is real, but the students could not meet the people it is about within "
        "seven weeks."
    )


@challenge_example(deciding.CORRECTION)
def _correction(challenge: Challenge) -> dict[str, str]:
    return {
        "text": _("The kick-off is on %(day)s. The letter named another day.")
        % {"day": dates.weekday_day(challenge.round.kickoff_on)}
    }


@letter_example(notices.PARTICIPATION_REMINDER)
def _participation(challenge: Challenge, to: Addressee) -> Mapping[str, object]:
    day = clock.today() + dt.timedelta(days=2)
    return notices.participation_reminder([_asked_by(challenge, day)]).values(to)


@letter_example(notices.PARTICIPATION_MISSING)
def _missing(challenge: Challenge, to: Addressee) -> Mapping[str, object]:
    day = clock.today() - dt.timedelta(days=1)
    return notices.participation_missing([_asked_by(challenge, day)]).values(to)


def _asked_by(challenge: Challenge, day: dt.date) -> Participation:
    return Participation(challenge=challenge, confirm_by=day)


@challenge_example(notices.PLACE_FREE)
def _place_free(challenge: Challenge) -> dict[str, str]:
    return {"following": notices.what_comes(None)}


@challenge_example(notices.FEEDBACK_WISH)
def _wish(challenge: Challenge) -> dict[str, str]:
    return {"question": notices.asked_words(_("The association asks:"), _question())}


@challenge_example(notices.FEEDBACK_ANSWER)
def _feedback(challenge: Challenge) -> dict[str, str]:
    return {
        "question": notices.asked_words(_("You asked:"), _question()),
        "answer": _("Tell in two sentences whom the result would help, and what you have tried."),
    }


def _question() -> str:
    return _("What should we make clearer for the next round?")
