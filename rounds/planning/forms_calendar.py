"""The dates of a round, typed one by one or moved with the kick-off."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from rounds.planning.calendar import FIELDS
from rounds.planning.calendar_checks import (
    EARLIEST_YEAR,
    LATEST_YEAR,
    label,
    opened_call_errors,
    order_errors,
)
from rounds.planning.forms import DateInput, KickoffField, MomentInput
from rounds.planning.models import Round


def _moment() -> forms.DateTimeField:
    return forms.DateTimeField(widget=MomentInput, show_hidden_initial=True)


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=DateInput, show_hidden_initial=True, **options)


class CalendarForm(forms.Form):
    """Every date of a round on one page.

    What a date was is sent along, so that a date which only somebody else has changed meanwhile
    stays as they left it.
    """

    call_opens_at = _moment()
    call_closes_at = _moment()
    packet_on = _day()
    decisions_on = _day()
    kickoff_on = _day()
    contract_on = _day()
    midreview_on = _day(required=False, help_text=_("Leave empty if there is none."))
    fest_on = _day()
    feedback_on = _day()
    evaluation_on = _day()

    def __init__(self, data: Any = None, *, round_: Round) -> None:
        """Begin from the round's dates.

        :param round_: its dates are compared with what is typed.
        """
        saved = {name: getattr(round_, name) for name in FIELDS}
        initial = {name: _whole_minute(value) for name, value in saved.items()}
        super().__init__(data, initial=initial)
        self.round, self.saved = round_, saved
        for name, field in self.fields.items():
            field.label = label(name)
        if round_.is_published and round_.call_opens_at <= clock.now():
            self.fields["call_opens_at"].disabled = True
            self.fields["call_opens_at"].help_text = _("The call has opened.")
            self.fields["call_closes_at"].help_text = _("The deadline can only be made later.")

    def clean(self) -> dict[str, Any]:
        """Compare the dates with each other; each error stands at the later date."""
        changed = {
            name: value for name, value in self.cleaned_data.items() if name in self.changed_data
        }
        wanted = self.saved | changed
        for name, sentence in opened_call_errors(self.round, wanted, clock.now()).items():
            self.add_error(name, sentence)
        for name, sentence in order_errors(wanted).items():
            if name not in self.errors:
                self.add_error(name, sentence)
        return self.cleaned_data

    def on_the_page(self) -> dict[str, Any]:
        """Return the dates as they stand on the page; what cannot be read is as it was."""
        if not self.is_bound:
            return self.saved
        return {name: self._read(name) for name in FIELDS}

    def _read(self, name: str) -> Any:
        field = self.fields[name]
        if field.disabled or name not in self.changed_data:
            return self.saved[name]
        try:
            value = field.clean(self[name].data)
        except forms.ValidationError:
            return self.saved[name]
        in_reach = value is None or EARLIEST_YEAR <= value.year <= LATEST_YEAR
        return value if in_reach else self.saved[name]


def _whole_minute(value: dt.date | None) -> dt.date | None:
    """Return a moment as the browser's picker shows it, so that an untouched one is no change."""
    if isinstance(value, dt.datetime):
        return value.replace(second=0, microsecond=0)
    return value


class KickoffForm(forms.Form):
    """A new day for the kick-off."""

    kickoff_on = KickoffField(label=_("New day of the kick-off"))


class MoveForm(KickoffForm):
    """The new day, and which of the other dates go with it."""

    moving = forms.MultipleChoiceField(
        required=False,
        choices=[(name, name) for name in FIELDS if name != "kickoff_on"],
        widget=forms.CheckboxSelectMultiple,
    )
