"""What the coordinator fills in for a packet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rounds.selection.enums import Outcome
from rounds.selection.form_fields import CrispyForm, long_text
from rounds.selection.proposing.candidates import Candidate
from rounds.selection.proposing.services import PacketItem


@dataclass(frozen=True, slots=True)
class PacketRow:
    """One challenge on the packet's page with its three fields."""

    candidate: Candidate
    include: forms.BoundField
    suggested: forms.BoundField
    rationale: forms.BoundField


class PacketForm(CrispyForm):
    """The challenges that can be proposed, in the order of the board."""

    def __init__(
        self,
        *args: Any,
        candidates: Sequence[Candidate],
        presets: Mapping[int, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        for candidate in candidates:
            self._add(candidate, presets[candidate.challenge.pk])
        self.fields["message"] = long_text(
            _("Message to the institution"), _("Stands in the letter. You can leave this empty.")
        )

    def _add(self, candidate: Candidate, preset: str) -> None:
        pk = candidate.challenge.pk
        self.fields[f"include_{pk}"] = forms.BooleanField(
            label=_("In the packet"), required=False, initial=not candidate.is_in_reserve
        )
        self.fields[f"suggested_{pk}"] = forms.ChoiceField(
            label=_("Suggestion"), choices=Outcome.choices, initial=preset
        )
        self.fields[f"rationale_{pk}"] = long_text(_("Reason for the institution"), rows=2)

    def rows(self) -> Iterator[PacketRow]:
        """Yield each challenge with its fields."""
        for candidate in self.candidates:
            pk = candidate.challenge.pk
            yield PacketRow(
                candidate, self[f"include_{pk}"], self[f"suggested_{pk}"], self[f"rationale_{pk}"]
            )

    @property
    def items(self) -> list[PacketItem]:
        """What was chosen, in the order of the board; before sending, what is suggested."""
        return [
            PacketItem(
                pk, self._value(f"suggested_{pk}"), str(self._value(f"rationale_{pk}") or "")
            )
            for pk in (each.challenge.pk for each in self.candidates)
            if self._value(f"include_{pk}")
        ]

    def _value(self, name: str) -> Any:
        return self.cleaned_data[name] if self.is_bound else self[name].initial
