"""Whose texts a page is about: a partnership's or a round's, with the addresses of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from minno_portal.outbox.kinds import Kind
from minno_portal.outbox.models import LetterText
from minno_portal.outbox.sender import Sender
from organisations.models import Partnership, User
from rounds.planning.models import Round
from rounds.planning.pages import round_context

Key = tuple[str, str]


@dataclass(frozen=True)
class Place:
    """A round, or a partnership without one, whose texts somebody looks at."""

    partnership: Partnership
    round: Round | None = None

    @property
    def owner(self) -> Round | Partnership:
        """Whose texts are written here."""
        return self.round or self.partnership

    @property
    def sender(self) -> Sender:
        """On whose behalf the letters go out."""
        return self.owner.sender

    @property
    def list_url(self) -> str:
        """The page with every kind."""
        if self.round:
            return reverse("round-texts", args=[self.round.slug])
        return reverse("texts-of", args=[self.partnership.pk])

    def edit_url(self, kind: str, language: str) -> str:
        """Return the page of one kind in one language."""
        if self.round:
            return reverse("round-texts-edit", args=[self.round.slug, kind, language])
        return reverse("text-edit", args=[self.partnership.pk, kind, language])

    def takes(self, kind: Kind) -> bool:
        """Whether a text of this kind written here would ever be read."""
        return self.round is None or kind.is_of_round

    def context(self, user: User) -> dict[str, Any]:
        """Return what the layout shows around the page."""
        about: dict[str, Any] = {"place": self, "partnership": self.partnership}
        if self.round:
            layout = {"layout": "layouts/round.html"}
            return about | layout | round_context(self.round, user, tab="letters")
        return about | {"layout": "rounds/planning/texts/house.html"}

    @cached_property
    def _texts(self) -> list[LetterText]:
        owners = (self.round, self.partnership) if self.round else (self.partnership,)
        return list(LetterText.objects.of(owners).select_related("edited_by"))

    def _of(self, owner: Round | Partnership) -> dict[Key, LetterText]:
        key = LetterText.key_of(owner)
        mine = (each for each in self._texts if (each.owner_type_id, each.owner_id) == key)
        return {(each.kind, each.language): each for each in mine}

    @cached_property
    def own(self) -> dict[Key, LetterText]:
        """The owner's own texts by kind and language."""
        return self._of(self.owner)

    @cached_property
    def inherited(self) -> dict[Key, LetterText]:
        """What a round has from its partnership."""
        return self._of(self.partnership) if self.round else {}
