"""The letters that remind everybody of a project's milestones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from django.utils.translation import gettext_lazy as _

from minno_portal import dates
from minno_portal.outbox.kinds import Text
from minno_portal.outbox.services import (
    Addressee,
    Kind,
    Placeholder,
    absolute_url,
    letter_kind,
)
from minno_portal.outbox.telling import Content
from rounds.challenges.models import Challenge
from rounds.planning.models import Round

CODE = Placeholder("code", _("the round, for example 2/2027"))
_PLACEHOLDERS = (
    CODE,
    Placeholder("day", _("the day"), is_required=True),
    Placeholder("lines", _("the challenges it concerns, a line each"), is_required=True),
    Placeholder("url", _("link to the challenge, the projects or the round’s public page")),
)


def _milestone(name: str, label: Text, occasion: Text) -> Kind:
    return letter_kind(
        Kind(
            name,
            label=label,
            reader=_(
                "the contact people of chosen challenges, the teams and their tutors, the "
                "coordinator’s people and the institution’s staff: one letter a person"
            ),
            occasion=occasion,
            placeholders=_PLACEHOLDERS,
            in_daytime=True,
        )
    )


CONTRACT = _milestone(
    "contract-reminder",
    _("The contract is to be made"),
    _("a week before the day of the contract"),
)
MIDREVIEW = _milestone(
    "midreview-reminder",
    _("The mid-review comes"),
    _("a week before the mid-review, where the round has one"),
)
FEST = _milestone("fest-reminder", _("The MINNO-fest comes"), _("a week before the MINNO-fest"))


class Reader(Enum):
    """What part the reader of a milestone's letter has."""

    ASSOCIATION = auto()
    PARTY = auto()
    TEAM = auto()


@dataclass(frozen=True, slots=True)
class Concerned:
    """A chosen challenge and the part that the reader has in it."""

    challenge: Challenge
    reader: Reader


def milestone(field: str) -> Callable[[Sequence[Concerned]], Content]:
    """Return what writes the letter of a milestone.

    :param field: the date of the round.
    """

    def write(concerned: Sequence[Concerned]) -> Content:
        round_ = concerned[0].challenge.round
        return Content(
            values=lambda to: {
                "code": round_.code,
                "day": dates.weekday_day(getattr(round_, field)),
                "lines": "\n".join(_line(each.challenge) for each in concerned),
                "url": _address(round_, concerned, to),
            },
            sender=round_.sender,
            about=round_ if _is_of_party(concerned) else concerned[0].challenge,
        )

    return write


def _line(challenge: Challenge) -> str:
    return f"- {challenge.title} ({challenge.organisation.shown_name})"


def _is_of_party(concerned: Sequence[Concerned]) -> bool:
    return any(each.reader is Reader.PARTY for each in concerned)


def _address(round_: Round, concerned: Sequence[Concerned], to: Addressee) -> str:
    """Return the page that the reader can open: teams and tutors have no account."""
    if _is_of_party(concerned):
        return absolute_url("round-projects", round_.slug, language=to.language)
    for each in concerned:
        if each.reader is Reader.ASSOCIATION:
            return absolute_url("challenge", each.challenge.pk, language=to.language)
    if round_.is_published:
        return absolute_url("public-round", round_.slug, language=to.language)
    return absolute_url("landing", language=to.language)
