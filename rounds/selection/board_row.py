"""One challenge on the board: how it stands, and what the viewer may know of that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.functional import Promise

from rounds.challenges.enums import OUTCOMES, TAKES_PLACE, FundingThought, Status
from rounds.challenges.models import Challenge
from rounds.selection.assessing.again import is_outdated, needs_another_look
from rounds.selection.board_flags import Note, notes_of
from rounds.selection.enums import ASSESSABLE, Party
from rounds.selection.standings import Standing, Voice, joint_mean

FUNDING_WORDS = dict(FundingThought.choices)
# Marks that lie further apart than this deserve a talk.
WIDE_SPREAD = 1.5


@dataclass(frozen=True)
class Row:
    """One challenge on the board; its standings are veiled while `sees_marks` is false."""

    challenge: Challenge
    place: int
    coordinator: Standing
    institution: Standing
    is_own: bool = False
    has_conflict: bool = False
    mine: Voice | None = None
    can_assess: bool = False
    sees_marks: bool = True
    stands_aside: bool = False
    # Those asked who do not stand aside, and how many of them have not finished.
    asked: int = 0
    awaited: int = 0
    # Who has declared a conflict of interest.
    conflicted: tuple[str, ...] = ()
    # How many finished assessments are of an earlier version.
    outdated: int = 0
    # The code of the latest round in which the giver was chosen, if that was lately.
    chosen_lately: str = ""
    is_newcomer: bool = False
    areas: Mapping[str, str] = field(default_factory=dict)
    party_names: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The title that the parties know, whatever the association is writing now."""
        return str(getattr(self.challenge, "shown_title", self.challenge.title))

    @property
    def fund(self) -> str:
        """The short name of the fund that is thought of; empty where there is none."""
        challenge = self.challenge
        if challenge.funding_thought != FundingThought.FUND or challenge.fund is None:
            return ""
        return str(challenge.fund.code)

    @property
    def funding(self) -> str | Promise:
        """The funding thought in few words: ESR+ 4.3, not yet."""
        challenge = self.challenge
        if not self.fund:
            return FUNDING_WORDS.get(challenge.funding_thought, "")
        number = challenge.objective.code if challenge.objective else ""
        return f"{self.fund} {number}".strip()

    @property
    def is_open(self) -> bool:
        """Whether it is still weighed."""
        return self.challenge.status in ASSESSABLE

    @property
    def takes_place(self) -> bool:
        """Whether it has one of the round's places."""
        return self.challenge.status in TAKES_PLACE

    @property
    def mean(self) -> float | None:
        """The mean of the parties' means, where the viewer may see it."""
        return joint_mean(self.by_party)

    @property
    def by_party(self) -> dict[str, Standing]:
        """Both parties' standings."""
        return {Party.COORDINATOR: self.coordinator, Party.INSTITUTION: self.institution}

    @property
    def lacks(self) -> list[str]:
        """The parties whose assessment is missing while it is weighed."""
        if not self.is_open:
            return []
        return [party.value for party in Party if not self.by_party[party].count]

    @property
    def is_disputed(self) -> bool:
        """Whether the parties, or one party's people, see it very differently."""
        means = [each.mean for each in self.by_party.values() if each.mean is not None]
        between = max(means) - min(means) if means else 0.0
        return max(self.coordinator.spread, self.institution.spread, between) >= WIDE_SPREAD

    @property
    def mine_is_outdated(self) -> bool:
        """Whether the viewer's own finished assessment is of an earlier version."""
        return self.mine is not None and is_outdated(self.mine, self.challenge)

    @property
    def waits_for_me(self) -> bool:
        """Whether the viewer has yet to assess it, or to look again at what has changed."""
        if self.mine is None or self.mine.done_at is None:
            return self.can_assess
        return self.can_assess and needs_another_look(self.mine, self.challenge)

    @property
    def lacks_reason(self) -> bool:
        """Whether a decision that is not told yet needs its reason written."""
        waits = self.challenge.status in (Status.RESERVE, Status.NOT_SELECTED)
        return waits and not self.challenge.is_told and not self.challenge.has_reason  # type: ignore[attr-defined]

    @property
    def needs_telling(self) -> bool:
        """Whether it is decided and the association has not been told."""
        return self.challenge.status in OUTCOMES and not self.challenge.is_told

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """What deserves a look."""
        return notes_of(self)
