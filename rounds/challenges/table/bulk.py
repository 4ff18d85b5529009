"""What can be done to several challenges at once; each is done, or refused, on its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from minno_portal.errors import NotAllowed, Refused, WrongState
from organisations.partnership.permissions import coordinates, hosts
from organisations.people.models import User
from rounds.challenges.enums import Status
from rounds.challenges.letters import addressees
from rounds.challenges.models import Challenge
from rounds.challenges.permissions import is_of_party
from rounds.challenges.services import add_comment, ask_completion
from rounds.challenges.table.errors import AlreadyRead, AlreadyUnread
from rounds.challenges.table.forms import (
    CommentTogetherForm,
    CompletionTogetherForm,
    NothingForm,
    PlainHelperForm,
)
from rounds.challenges.table.services import mark_read, mark_unread
from rounds.challenges.transitions import TABLE
from rounds.planning.models import Round

Text = str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkAction:
    """One choice of the list under the table.

    `obstacle` tells beforehand why it cannot be done to a challenge (empty when it can);
    `button` and `said` are in the plural of how many; `writes` tells that letters go out.
    """

    key: str
    label: Text
    form: type[PlainHelperForm] = NothingForm
    offered: Callable[[User, Round], bool]
    obstacle: Callable[[Challenge, User], Text]
    run: Callable[[int, Mapping[str, Any], User], Any]
    button: Callable[[int], str]
    said: Callable[[int], str]
    writes: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """One chosen challenge: to whom a letter goes about it, or why it is left as it is."""

    challenge: Challenge
    addressees: Mapping[str, str] = field(default_factory=dict)
    obstacle: Text = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an action is going to do."""

    action: BulkAction
    ready: list[Planned]
    refused: list[Planned]

    @property
    def letters(self) -> int:
        """How many letters go out at most."""
        return sum(len(planned.addressees) for planned in self.ready)

    @property
    def button(self) -> str:
        """What the button says."""
        return self.action.button(len(self.ready))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done, and what was refused with the sentence that says why."""

    done: list[Challenge]
    refused: list[tuple[Challenge, Text]]


def plan_of(action: BulkAction, challenges: Iterable[Challenge], user: User) -> Plan:
    """Tell what `action` would do to each challenge now."""
    plan = Plan(action, [], [])
    for challenge in challenges:
        obstacle = action.obstacle(challenge, user)
        if obstacle:
            plan.refused.append(Planned(challenge, obstacle=obstacle))
        else:
            letters = addressees(challenge) if action.writes else {}
            plan.ready.append(Planned(challenge, letters))
    return plan


def carry_out(plan: Plan, values: Mapping[str, Any], user: User) -> Outcome:
    """Do what was planned, each challenge in a transaction of its own."""
    outcome = Outcome([], [(each.challenge, each.obstacle) for each in plan.refused])
    for planned in plan.ready:
        try:
            plan.action.run(planned.challenge.pk, values, user)
        except Refused as refusal:
            outcome.refused.append((planned.challenge, refusal.sentence))
        else:
            outcome.done.append(planned.challenge)
    return outcome


def actions_for(user: User, round_: Round) -> dict[str, BulkAction]:
    """Return what `user` may do to a round's challenges at once."""
    return {action.key: action for action in ACTIONS if action.offered(user, round_)}


def _anybody(_user: User, _round: Round) -> bool:
    """Whoever sees the table keeps a tally of own reading."""
    return True


def _is_party(user: User, round_: Round) -> bool:
    return bool((coordinates | hosts).test(user, round_))


def _cannot_ask(challenge: Challenge, user: User) -> Text:
    try:
        TABLE.require(challenge, "ask_completion", actor=user)
    except WrongState:
        status = Status(challenge.status).label
        return gettext("The status is “%(status)s”.") % {"status": status}
    except NotAllowed as refusal:
        return refusal.sentence
    return ""


def _cannot_comment(challenge: Challenge, user: User) -> Text:
    return "" if is_of_party.test(user, challenge) else NotAllowed.sentence


ACTIONS = (
    BulkAction(
        key="read",
        label=_("Mark as read"),
        offered=_anybody,
        obstacle=lambda challenge, _user: AlreadyRead.sentence if challenge.is_read else "",  # type: ignore[attr-defined]
        run=lambda pk, _values, user: mark_read(pk, actor=user),
        button=lambda count: (
            ngettext("Mark one challenge as read", "Mark %(count)d challenges as read", count)
            % {"count": count}
        ),
        said=lambda count: (
            ngettext(
                "One challenge was marked as read.",
                "%(count)d challenges were marked as read.",
                count,
            )
            % {"count": count}
        ),
    ),
    BulkAction(
        key="unread",
        label=_("Mark as unread"),
        offered=_anybody,
        obstacle=lambda challenge, _user: "" if challenge.is_read else AlreadyUnread.sentence,  # type: ignore[attr-defined]
        run=lambda pk, _values, user: mark_unread(pk, actor=user),
        button=lambda count: (
            ngettext("Mark one challenge as unread", "Mark %(count)d challenges as unread", count)
            % {"count": count}
        ),
        said=lambda count: (
            ngettext(
                "One challenge was marked as unread.",
                "%(count)d challenges were marked as unread.",
                count,
            )
            % {"count": count}
        ),
    ),
    BulkAction(
        key="completion",
        label=_("Ask for completion"),
        form=CompletionTogetherForm,
        offered=lambda user, round_: bool(coordinates.test(user, round_)),
        obstacle=_cannot_ask,
        run=lambda pk, values, user: ask_completion(pk, **values, actor=user),
        button=lambda count: (
            ngettext(
                "Ask for completion of one challenge",
                "Ask for completion of %(count)d challenges",
                count,
            )
            % {"count": count}
        ),
        said=lambda count: (
            ngettext(
                "Completion was asked for one challenge.",
                "Completion was asked for %(count)d challenges.",
                count,
            )
            % {"count": count}
        ),
        writes=True,
    ),
    BulkAction(
        key="comment",
        label=_("Write a comment"),
        form=CommentTogetherForm,
        offered=_is_party,
        obstacle=_cannot_comment,
        run=lambda pk, values, user: add_comment(pk, **values, actor=user),
        button=lambda count: (
            ngettext("Comment on one challenge", "Comment on %(count)d challenges", count)
            % {"count": count}
        ),
        said=lambda count: (
            ngettext(
                "The comment was added to one challenge.",
                "The comment was added to %(count)d challenges.",
                count,
            )
            % {"count": count}
        ),
        writes=True,
    ),
)
