"""Examples of the letters before a project's milestones."""

from __future__ import annotations

from collections.abc import Mapping

from minno_portal.outbox.kinds import Kind
from minno_portal.outbox.rendering import Addressee
from rounds.challenges.examples import letter_example
from rounds.challenges.models import Challenge
from rounds.projects.letters import CONTRACT, FEST, MIDREVIEW, Concerned, Reader, milestone

_FIELDS = {CONTRACT: "contract_on", MIDREVIEW: "midreview_on", FEST: "fest_on"}


def _register(kind: Kind, field: str) -> None:
    @letter_example(kind)
    def coming(challenge: Challenge, to: Addressee) -> Mapping[str, object]:
        return milestone(field)([Concerned(challenge, Reader.ASSOCIATION)]).values(to)


for _kind, _field in _FIELDS.items():
    _register(_kind, _field)
