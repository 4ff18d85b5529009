"""Asking for feedback and taking answers, so that nothing ties an answer to a person."""

from __future__ import annotations

from collections.abc import Mapping

import rules
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from minno_portal.errors import NotAllowed, Refused
from minno_portal.services import service
from organisations.people.models import User
from rounds.feedback.letters import closes_at, send_feedback_request
from rounds.feedback.models import FeedbackAnswer, FeedbackInvitation
from rounds.feedback.parties import Asked, parties_of
from rounds.feedback.questions import (
    HIGHEST_RATING,
    LOWEST_RATING,
    TEXT_LENGTH,
    QuestionSet,
    questions_for,
)
from rounds.feedback.tokens import new_token, token_hash
from rounds.planning.locks import lock_round
from rounds.planning.models import Round


class NobodyToAsk(Refused):
    """No project has started, so nobody has taken part."""

    sentence = _("Nobody can be asked yet: no project of this round has started.")


class FeedbackClosed(Refused):
    """The last day of feedback is over."""

    sentence = _("The time for feedback has ended.")


class AlreadyAnswered(Refused):
    """The personal link has been used."""

    sentence = _("This link has already been used to answer. Thank you!")


class UnknownLink(Refused):
    """No invitation has this link."""

    sentence = _("This link is not known. Check that you copied it whole.")


class EmptyAnswer(Refused):
    """Nothing was answered, or something that was not asked."""

    sentence = _("Answer at least one question before sending.")


def is_open(round_: Round) -> bool:
    """Whether answers to the round's feedback are taken now."""
    return clock.now() < closes_at(round_)


@service
def ask_feedback(round_id: int, *, actor: User) -> int:
    """Send everybody who took part a personal link; those who have one get no second.

    :returns: how many letters were queued.
    :raises NotAllowed: when the actor does not coordinate the round.
    :raises FeedbackClosed: when the round's feedback day is over.
    :raises NobodyToAsk: when no project has started.
    """
    round_ = lock_round(round_id)
    if not rules.has_perm("rounds.ask_feedback", actor, round_):
        raise NotAllowed
    if not is_open(round_):
        raise FeedbackClosed
    people = parties_of(round_)
    if not people:
        raise NobodyToAsk
    asked = set(round_.feedback_invitations.values_list("role", "email"))
    new = [person for person in people if (person.role, person.email) not in asked]
    return sum(_invite(round_, person) for person in new)


def _invite(round_: Round, person: Asked) -> bool:
    token = new_token()
    invitation = FeedbackInvitation.objects.create(
        round=round_,
        role=person.role,
        email=person.email,
        language=person.language,
        token_hash=token_hash(token),
    )
    return send_feedback_request(round_, invitation, person, token=token)


def invitation_for(token: str) -> FeedbackInvitation:
    """Return the invitation that a personal link belongs to.

    :raises UnknownLink: when there is none.
    """
    hashed = token_hash(token)
    found = (
        FeedbackInvitation.objects.filter(Q(token_hash=hashed) | Q(reminder_hash=hashed))
        .select_related("round__partnership__coordinator", "round__partnership__institution")
        .first()
    )
    if found is None:
        raise UnknownLink
    return found


@service
def answer_feedback(token: str, *, ratings: Mapping[str, int], texts: Mapping[str, str]) -> None:
    """Take an answer, once for each link, and keep it apart from who gave it.

    :param ratings: 1–5 by the key of the question; skipped questions are left out.
    :param texts: free text by the key of the question.
    :raises UnknownLink: when the link belongs to nobody.
    :raises FeedbackClosed: when the round's feedback day is over.
    :raises AlreadyAnswered: when the link has been used, also a moment ago in another tab.
    :raises EmptyAnswer: when nothing was answered.
    """
    invitation = invitation_for(token)
    round_ = lock_round(invitation.round_id)
    if not is_open(round_):
        raise FeedbackClosed
    answer = FeedbackAnswer(round=round_, role=invitation.role)
    asked = questions_for(invitation.role)
    answer.ratings, answer.texts = _given_ratings(asked, ratings), _given_texts(asked, texts)
    if not answer.ratings and not answer.texts:
        raise EmptyAnswer
    used = FeedbackInvitation.objects.filter(pk=invitation.pk, is_answered=False)
    if not used.update(is_answered=True):
        raise AlreadyAnswered
    _store_unlinked(round_, answer)


def _given_ratings(asked: QuestionSet, ratings: Mapping[str, int]) -> dict[str, int]:
    given = {question.key: ratings.get(question.key) for question in asked.rated}
    return {
        key: int(value)
        for key, value in given.items()
        if value is not None and LOWEST_RATING <= int(value) <= HIGHEST_RATING
    }


def _given_texts(asked: QuestionSet, texts: Mapping[str, str]) -> dict[str, str]:
    given = {question.key: texts.get(question.key, "").strip() for question in asked.open}
    return {key: value[:TEXT_LENGTH] for key, value in given.items() if value}


def _store_unlinked(round_: Round, answer: FeedbackAnswer) -> None:
    """Write the answer so that not even the database's row versions tell which is the newest.

    PostgreSQL remembers with every row which transaction wrote it (`xmin`) and keeps rows in the
    order of writing; both would pair the newest answer with the invitation just used. So all of
    the round's answers are written anew, in the order of their random keys: they look alike.
    """
    answers = [*FeedbackAnswer.objects.filter(round=round_), answer]
    FeedbackAnswer.objects.filter(round=round_).delete()
    FeedbackAnswer.objects.bulk_create(sorted(answers, key=lambda row: row.pk))
