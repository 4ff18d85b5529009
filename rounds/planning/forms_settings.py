"""What a coordinator may set about a round: its places and the estimates of its phases."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rounds.planning.forms import DaysField, plain_helper
from rounds.planning.models import LARGEST_CAPACITY, SMALLEST_CAPACITY, Phase
from rounds.planning.upkeep import LARGEST_ESTIMATE


class SettingsForm(forms.Form):
    """Places, and a field of working days for each phase."""

    capacity = forms.TypedChoiceField(
        label=_("Places"),
        coerce=int,
        choices=[(n, str(n)) for n in range(SMALLEST_CAPACITY, LARGEST_CAPACITY + 1)],
        help_text=_("How many challenges can be confirmed"),
    )

    def __init__(
        self, *args: Any, phases: Iterable[Phase], decisions_are_told: bool, **kwargs: Any
    ) -> None:
        """Ask the estimates of `phases`; places stay once decisions have been told."""
        super().__init__(*args, **kwargs)
        self.phases = list(phases)
        for phase in self.phases:
            self.fields[phase.key] = DaysField(
                label=f"{phase.number} {phase.get_key_display()}",
                required=False,
                min_value=Decimal(0),
                max_value=LARGEST_ESTIMATE,
                max_digits=4,
                decimal_places=1,
                initial=phase.estimated_days,
                localize=True,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )
        if decisions_are_told:
            self.fields["capacity"].disabled = True
            self.fields["capacity"].help_text = _(
                "The decisions have been told: the number of places stays."
            )
        self.helper = plain_helper("capacity", *(phase.key for phase in self.phases))

    @property
    def estimates(self) -> dict[str, Decimal | None]:
        """The estimates by the keys of the phases; None where it varies."""
        return {phase.key: self.cleaned_data[phase.key] for phase in self.phases}
