"""When a reminder goes instead of when the rule says."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from rounds.planning.forms import DateInput
from rounds.planning.reminding.models import MOST_DAYS
from rounds.planning.reminding.rules import Rule


class TimeInput(forms.TimeInput):
    """The browser's own time picker."""

    input_type = "time"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%H:%M", **options)


class MoveForm(forms.Form):
    """A day and a time; where each challenge has a date of its own, days from that date."""

    day = forms.DateField(label=_("Day"), widget=DateInput)
    days = forms.IntegerField(label=_("Days"), min_value=0, max_value=MOST_DAYS)
    at = forms.TimeField(
        label=_("Time"),
        widget=TimeInput,
        help_text=_("Finnish time. Reminders go out on working days between 8 and 17."),
    )

    def __init__(self, data: Any = None, *, rule: Rule, anchor: dt.datetime | None, **more: Any):
        super().__init__(data, **more)
        self.rule, self.anchor = rule, anchor
        del self.fields["days" if self.has_day else "day"]
        if not self.has_day:
            self.fields["days"].label = (
                _("Days before the date") if rule.days < 0 else _("Days after the date")
            )

    @property
    def has_day(self) -> bool:
        """Whether there is one date for the whole round, so that a day can be named."""
        return self.anchor is not None and not self.rule.anchor.is_own

    @property
    def day_field(self) -> str:
        """The field at which an impossible moment is shown."""
        return "day" if self.has_day else "days"

    def days_from_date(self) -> int:
        """Return how far the chosen day is from the date, negative before it."""
        if not self.has_day:
            days: int = self.cleaned_data["days"]
            return -days if self.rule.days < 0 else days
        assert self.anchor is not None  # noqa: S101 (has_day)
        day: dt.date = self.cleaned_data["day"]
        return (day - self.anchor.astimezone(clock.HELSINKI).date()).days
