"""An old challenge as the beginning of a new one in another round."""

from __future__ import annotations

from typing import Any

from minno_portal import clock
from minno_portal.errors import NotAllowed
from minno_portal.services import service
from organisations.people.models import User
from rounds.call.models import Fund, SpecificObjective
from rounds.call.questions.enums import Kind, SectionKey
from rounds.call.questions.models import OwnQuestion
from rounds.call.questions.standard import FIELDS_OF, Text
from rounds.challenges.enums import Status
from rounds.challenges.helping.late import takes_challenges
from rounds.challenges.models import Challenge
from rounds.challenges.permissions import writes_for
from rounds.challenges.sections import form_of
from rounds.challenges.services import begin_challenge, write_values
from rounds.challenges.transitions import lock_challenge
from rounds.planning.models import Round

# Contact details are the copier's own, permissions are given anew, and so is the time to take part
# in days that are other ones now.
_COPIED_SECTIONS = (SectionKey.CHALLENGE, SectionKey.TEAM, SectionKey.FUNDING)
_GIVEN_ANEW = frozenset({"attends_kickoff", "attends_midreview", "attends_fest"})
_OF_REGISTER = frozenset({"counties", "fund", "objective"})


@service
def copy_challenge(challenge_id: int, *, round_id: int, actor: User) -> Challenge:
    """Begin a draft in an open round with the text of an earlier challenge.

    A second press finds the copy while nobody has written in it.

    :raises NotAllowed: when the actor may not write for the association.
    :raises CallNotOpen: when the round takes no challenges.
    """
    source = lock_challenge(challenge_id)
    if not writes_for.test(actor, source):
        raise NotAllowed
    untouched = Challenge.objects.filter(
        round=round_id,
        organisation=source.organisation_id,
        created_by=actor,
        status=Status.DRAFT,
        version=1,
        title=source.title,
    ).exclude(pk=source.pk)
    if copy := untouched.first():
        return copy
    draft: Challenge = begin_challenge(
        round_id, organisation_id=source.organisation_id, actor=actor
    )
    draft.language = source.language
    write_values(draft, _values(source, draft.round))
    draft.save()
    return draft


def rounds_to_copy_to(source: Challenge) -> list[Round]:
    """Return the other rounds to which the association can give a challenge now."""
    moment = clock.now()
    begun = Round.objects.published().filter(call_opens_at__lte=moment, fest_on__gt=clock.today())
    return [
        round_
        for round_ in begun.exclude(pk=source.round_id).order_by("call_closes_at")
        if takes_challenges(round_, source.organisation_id, moment)
    ]


def left_out(source: Challenge, round_: Round) -> list[Text]:
    """Return the own questions whose answers do not come along to `round_`."""
    taken = {old for old, _new in _same_questions(source, round_)}
    return [
        question.label
        for section in form_of(source.round).ever
        for question in section.questions
        if question.own and source.own_answers.get(question.field) is not None
        if question.own not in taken
    ]


def _values(source: Challenge, round_: Round) -> dict[str, Any]:
    asked = form_of(round_).questions
    fields = [name for key in _COPIED_SECTIONS for name in FIELDS_OF[key] if name in asked]
    values: dict[str, Any] = {
        name: getattr(source, name) for name in fields if name not in _GIVEN_ANEW | _OF_REGISTER
    }
    if "counties" in fields:
        values["counties"] = list(source.counties.all())
    values |= {name: row for name, row in _funding(source).items() if name in fields}
    for old, new in _same_questions(source, round_):
        values[new.field] = _answer(source.own_answers.get(old.field), new)
    return values


def _funding(source: Challenge) -> dict[str, Any]:
    """Return fund and objective where they can still be chosen."""
    today = clock.today()
    fund = Fund.objects.valid_on(today).filter(pk=source.fund_id).first()
    objectives = SpecificObjective.objects.valid_on(today).filter(fund=fund)
    objective = objectives.filter(pk=source.objective_id).first() if fund else None
    return {"fund": fund, "objective": objective}


def _same_questions(source: Challenge, round_: Round) -> list[tuple[OwnQuestion, OwnQuestion]]:
    """Pair the own questions of two rounds that ask the same in the same way."""
    old = {(each.kind, str(each)): each for each in _own_questions(source.round)}
    return [
        (same, new)
        for new in _own_questions(round_)
        if new.kind != Kind.FILE and (same := old.get((new.kind, str(new))))
    ]


def _own_questions(round_: Round) -> list[OwnQuestion]:
    return [each.own for each in form_of(round_).questions.values() if each.own]


def _answer(answer: Any, question: OwnQuestion) -> Any:
    """Return an answer as `question` can take it: choices that it does not offer fall away."""
    keys = {option.get("key") for option in question.options}
    if question.kind == Kind.CHOICE:
        return answer if answer in keys else None
    if question.kind == Kind.CHOICES:
        return [key for key in answer or [] if key in keys] or None
    return answer
