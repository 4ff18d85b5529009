"""Recording what the teams made, and showing it to everybody."""

from __future__ import annotations

import rules
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from minno_portal.errors import NotAllowed, Refused, WrongState
from minno_portal.services import service
from organisations.people.models import User
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.challenges.transitions import lock_challenge
from rounds.outcomes.models import Outcome

# Only work that has begun has outcomes.
HAS_OUTCOMES = frozenset({Status.RUNNING, Status.COMPLETED})


class NoPermission(Refused):
    """The association has not permitted publishing."""

    sentence = _(
        "The association has not permitted publishing this outcome. Ask for its permission first."
    )


@service
def record_outcome(
    challenge_id: int,
    *,
    title: str,
    summary: str,
    kind: str,
    link: str,
    language: str,
    may_publish: bool,
    actor: User,
) -> Outcome:
    """Record an outcome of a project; it stays among the parties until it is published.

    :param may_publish: whether the association has permitted publishing it.
    :raises NotAllowed: when the actor is of neither party.
    :raises WrongState: when the project has not started.
    """
    challenge = lock_challenge(challenge_id)
    if not rules.has_perm("rounds.record_outcome", actor, challenge):
        raise NotAllowed
    if challenge.status not in HAS_OUTCOMES:
        raise WrongState
    return Outcome.objects.create(
        challenge=challenge,
        title=title,
        summary=summary,
        kind=kind,
        link=link,
        language=language,
        may_publish=may_publish,
    )


@service
def change_outcome(
    outcome_id: int,
    *,
    title: str,
    summary: str,
    kind: str,
    link: str,
    language: str,
    may_publish: bool,
    actor: User,
) -> Outcome:
    """Correct an outcome; a withdrawn permission takes it off the public pages at once.

    :raises NotAllowed: when the actor is of neither party.
    """
    outcome = _lock_outcome(outcome_id)
    if not rules.has_perm("rounds.record_outcome", actor, outcome):
        raise NotAllowed
    outcome.title, outcome.summary = title, summary
    outcome.kind, outcome.link, outcome.language = kind, link, language
    outcome.may_publish = may_publish
    if not may_publish:
        outcome.published_at = None
    outcome.save()
    return outcome


@service
def publish_outcome(outcome_id: int, *, actor: User) -> Outcome:
    """Show an outcome on the public pages.

    :raises NotAllowed: when the actor does not coordinate the round.
    :raises NoPermission: when the association has not permitted it.
    :raises WrongState: when it is public already.
    """
    outcome = _lock_outcome(outcome_id)
    if not rules.has_perm("rounds.publish_outcome", actor, outcome):
        raise NotAllowed
    if not outcome.may_publish:
        raise NoPermission
    if outcome.published_at is not None:
        raise WrongState
    outcome.published_at = clock.now()
    outcome.save()
    return outcome


@service
def hide_outcome(outcome_id: int, *, actor: User) -> Outcome:
    """Take an outcome off the public pages.

    :raises NotAllowed: when the actor does not coordinate the round.
    :raises WrongState: when it is not public.
    """
    outcome = _lock_outcome(outcome_id)
    if not rules.has_perm("rounds.publish_outcome", actor, outcome):
        raise NotAllowed
    if outcome.published_at is None:
        raise WrongState
    outcome.published_at = None
    outcome.save()
    return outcome


def _lock_outcome(outcome_id: int) -> Outcome:
    """Return the outcome, locked, with its challenge's round and partnership."""
    outcome = Outcome.objects.select_for_update(of=("self",)).get(pk=outcome_id)
    challenges = Challenge.objects.select_related(
        "organisation", "round__partnership__coordinator", "round__partnership__institution"
    )
    outcome.challenge = challenges.get(pk=outcome.challenge_id)
    return outcome
