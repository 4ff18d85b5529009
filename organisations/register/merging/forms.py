"""The form that asks whose value stays."""

from __future__ import annotations

from typing import Any

from django import forms

from organisations.register.merging.comparison import AREAS, Comparison, Side


class MergeForm(forms.Form):
    """One choice for each field in which the two differ."""

    def __init__(self, *args: Any, comparison: Comparison, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for pair in comparison.pairs:
            if pair.differs:
                sides = [Side.KEPT, Side.OTHER] + ([Side.BOTH] if pair.field == AREAS else [])
                self.fields[pair.field] = forms.ChoiceField(
                    label=str(pair.label), choices=[(side.value, side.value) for side in sides]
                )

    @property
    def choices(self) -> dict[str, Side]:
        """Whose value stays, by field."""
        return {field: Side(value) for field, value in self.cleaned_data.items()}
