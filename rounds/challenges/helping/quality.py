"""The quality check: what to look at in a challenge, and an example of good for each point."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rounds.challenges.helping.enums import QualityPoint, Verdict
from rounds.challenges.helping.models import QualityMark
from rounds.challenges.models import Challenge


@dataclass(frozen=True, slots=True)
class Advice:
    """What the coordinator looks at, in which answers, what good looks like, how to ask for it."""

    look: str | Promise
    example: str | Promise
    ask: str | Promise
    fields: tuple[str, ...]


ADVICE = {
    QualityPoint.CLEAR: Advice(
        _("Would a student who does not know the association understand it at one reading?"),
        _(
            "“Our volunteers meet 600 older people every week. Loneliness is often noticed only "
            "when it has already led to a need for services.”"
        ),
        _("Write the need so that somebody who does not know your association understands it."),
        ("title", "summary", "need"),
    ),
    QualityPoint.ONE_PROBLEM: Advice(
        _("Can it be told in one sentence what is to be solved? Many problems need many teams."),
        _("“How could the first visit to the family café be such that many return?”"),
        _("Choose the one problem that matters most, and leave the others out."),
        ("need", "limits"),
    ),
    QualityPoint.TARGET_GROUP: Advice(
        _("Is it told whose everyday life changes, and about how many they are?"),
        _("“People over 75 who live alone and are visited by a volunteer, some 600 in our area.”"),
        _("Tell whose everyday life the solution changes, and about how many they are."),
        ("target_group", "indirect_target_group"),
    ),
    QualityPoint.CHANGE: Advice(
        _("Is it told what is different afterwards, and how one would notice it?"),
        _("“A volunteer notices loneliness on the first visits and knows where help is found.”"),
        _("Tell what is different in people's everyday life when the solution works."),
        ("change_sought", "hoped_outputs"),
    ),
    QualityPoint.SUPPORT: Advice(
        _("Does the team get a person to ask, time every week and material to begin with?"),
        _(
            "“One of us meets the team for an hour each week. "
            "They get the results of our inquiry among visitors at the start.”"
        ),
        _("Tell who helps the team, how many hours a week, and what material it gets."),
        ("support_hours", "material"),
    ),
}


def requests_from(challenge: Challenge, marks: Iterable[QualityMark]) -> list[str]:
    """Return what to ask to be completed, from the points that are not good yet.

    The coordinator's own advice where there is some; otherwise a sentence in the language that
    the association writes in.
    """
    with translation.override(challenge.language):
        return [
            mark.note or str(ADVICE[QualityPoint(mark.point)].ask)
            for mark in sorted(marks, key=lambda mark: QualityPoint.values.index(mark.point))
            if mark.verdict != Verdict.GOOD
        ]
