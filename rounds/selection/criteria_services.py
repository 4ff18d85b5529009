"""Changing what a round's challenges are assessed by, until the first assessment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import rules
from django.db.models import F
from django.utils.translation import gettext as _

from minno_portal.errors import NotAllowed, Refused, WrongState
from minno_portal.services import service
from organisations.models import User
from rounds.challenges.models import Challenge
from rounds.planning.locks import lock_round
from rounds.planning.models import Round
from rounds.selection.assessing.anchors import MARKS
from rounds.selection.criteria import LANGUAGES, TEXTS
from rounds.selection.models import Assessment, Criterion

MOST_CRITERIA = 9
SMALLEST_WEIGHT, LARGEST_WEIGHT = 1, 10
_OUT_OF_THE_WAY = 1000


@dataclass(frozen=True, slots=True)
class CriterionDraft:
    """A criterion as it is to be; `pk` is None for a new one.

    `texts` holds `name_fi`, `description_fi` and so on; `anchors` what the marks mean, five texts
    by language, where empty ones are left to the general words.
    """

    pk: int | None
    weight: int
    texts: Mapping[str, str] = field(default_factory=dict)
    anchors: Mapping[str, Sequence[str]] = field(default_factory=dict)


def are_frozen(round_: Round) -> bool:
    """Whether somebody has begun to assess by the round's criteria."""
    return Assessment.objects.filter(challenge__round=round_).exists()


@service
def set_criteria(
    round_id: int,
    *,
    criteria: Sequence[CriterionDraft],
    assesses_unseen: bool | None = None,
    actor: User,
) -> list[Criterion]:
    """Give the round these criteria, in this order; those that are left out are removed.

    How the others' marks show is decided with them, so that nobody opens them to have a look
    before giving their own.

    :param assesses_unseen: whether others' marks show only after one's own; None leaves it.
    :raises NotAllowed: when the actor may not plan the round.
    :raises WrongState: when assessing has begun, the round is in the archive, or a criterion that
        is named has been removed meanwhile.
    :raises Refused: when there is none or too many, or a weight or a name is missing.
    """
    round_ = lock_round(round_id)
    if not rules.has_perm("rounds.plan_round", actor, round_):
        raise NotAllowed
    if round_.archived_at is not None:
        raise WrongState(_("The round is in the archive. Bring it back first."))
    # Whoever is saving the first assessment holds its challenge.
    list(Challenge.objects.select_for_update().filter(round=round_).values_list("pk"))
    if are_frozen(round_):
        raise WrongState(_("Assessing has begun: the criteria stay as they are."))
    _check(criteria)
    if assesses_unseen is not None and assesses_unseen != round_.assesses_unseen:
        round_.assesses_unseen = assesses_unseen
        round_.save(update_fields=["assesses_unseen"])
    known = {each.pk: each for each in round_.criteria.all()}
    kept = {draft.pk for draft in criteria if draft.pk is not None}
    if not kept <= known.keys():
        raise WrongState
    round_.criteria.exclude(pk__in=kept).delete()
    # The numbers of places are taken one by one, so those of now make room first.
    round_.criteria.update(position=F("position") + _OUT_OF_THE_WAY)
    return [
        _write(known.get(draft.pk) if draft.pk else None, round_, place, draft)
        for place, draft in enumerate(criteria, 1)
    ]


def _write(
    criterion: Criterion | None, round_: Round, place: int, draft: CriterionDraft
) -> Criterion:
    criterion = criterion or Criterion(round=round_)
    criterion.position, criterion.weight = place, draft.weight
    for text in TEXTS:
        for language in LANGUAGES:
            name = f"{text}_{language}"
            setattr(criterion, name, _clean(draft.texts.get(name, "")))
    criterion.anchors = {
        language: texts
        for language in LANGUAGES
        if any(texts := [_clean(text) for text in draft.anchors.get(language, ())])
    }
    criterion.save()
    return criterion


def _clean(text: str) -> str:
    return text.replace("\x00", "").strip()


def _check(criteria: Sequence[CriterionDraft]) -> None:
    if not 1 <= len(criteria) <= MOST_CRITERIA:
        raise Refused(_("A round has from one to %(most)s criteria.") % {"most": MOST_CRITERIA})
    for draft in criteria:
        if not draft.texts.get("name_fi", "").strip():
            raise Refused(_("Each criterion needs a name in Finnish."))
        if not SMALLEST_WEIGHT <= draft.weight <= LARGEST_WEIGHT:
            raise Refused(_("A weight is a whole number from 1 to 10."))
        if any(len(texts) != len(MARKS) for texts in draft.anchors.values()):
            raise Refused(_("What the marks mean needs a place for each mark from 1 to 5."))
