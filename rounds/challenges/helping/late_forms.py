"""The form of a late permission: which association, until when, why."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from minno_portal.form_helpers import inner_helper
from organisations.register.models import Organisation
from rounds.challenges.fields import PlainTextField
from rounds.challenges.helping.errors import LateNotLater, LateTooLate
from rounds.challenges.helping.models import POINT_LENGTH
from rounds.planning.models import Round

CLOSING_TIME = dt.time(16)
MOST_NAMED = 5


class AssociationField(forms.CharField):
    """An association by its name: chosen from the browser's list, or typed in part."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=200, **kwargs)
        self.by_label: dict[str, Organisation] = {}

    def offer(self, organisations: list[Organisation]) -> None:
        """Take `organisations` as those to choose among, each by a name of its own."""
        counts = Counter(each.name for each in organisations)
        self.by_label = {_label(each, counts[each.name]): each for each in organisations}

    def clean(self, value: Any) -> Any:
        """Return the association whose name it is, or the only one whose name has it within.

        :raises forms.ValidationError: naming those that could be meant.
        """
        typed = str(super().clean(value)).strip().casefold()
        exact = [each for label, each in self.by_label.items() if label.casefold() == typed]
        labels = [label for label in self.by_label if typed in label.casefold()]
        if exact or len(labels) == 1:
            return exact[0] if exact else self.by_label[labels[0]]
        if not labels:
            raise forms.ValidationError(
                _("No association of the register has this name. Check the spelling."),
                code="unknown",
            )
        named = ", ".join(labels[:MOST_NAMED]) + (", …" if len(labels) > MOST_NAMED else "")
        raise forms.ValidationError(
            _("Several associations have this in their name: %(names)s. Write more of the name."),
            code="several",
            params={"names": named},
        )


def _label(organisation: Organisation, namesakes: int) -> str:
    if organisation.business_id:
        return f"{organisation.name} ({organisation.business_id})"
    return f"{organisation.name} (#{organisation.pk})" if namesakes > 1 else organisation.name


class LateForm(forms.Form):
    """A deadline of its own for one association."""

    organisation = AssociationField(
        label=_("Association"),
        help_text=_("Begin to write the name and choose from the list."),
        widget=forms.TextInput(attrs={"list": "associations", "autocomplete": "off"}),
    )
    day = forms.DateField(
        label=_("May submit until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    time = forms.TimeField(
        label=_("Time of day"),
        initial=CLOSING_TIME,
        widget=forms.TimeInput(attrs={"type": "time", "class": "is-short"}, format="%H:%M"),
    )
    reason = PlainTextField(
        label=_("Words to the association (optional)"),
        help_text=_("They stand in the letter, for example why more time was given."),
        max_length=POINT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, round_: Round, organisations: list[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.round = round_
        field = self.fields["organisation"]
        assert isinstance(field, AssociationField)  # noqa: S101 (declared above)
        field.offer(organisations)
        self.names = list(field.by_label)
        self.helper = inner_helper(self)

    def clean(self) -> dict[str, Any]:
        """Make one moment of day and time, and say at once where it cannot be."""
        values = super().clean() or self.cleaned_data
        day, time = values.get("day"), values.get("time")
        if day and time:
            until = values["until"] = clock.helsinki(day, time.hour, time.minute)
            if until <= max(self.round.call_closes_at, clock.now()):
                self.add_error("day", str(LateNotLater.sentence))
            elif day >= self.round.kickoff_on:
                self.add_error("day", str(LateTooLate.sentence))
        return values
