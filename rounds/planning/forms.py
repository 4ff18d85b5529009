"""What coordinators type about a round: the call's text, working time; and parts of forms."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from minno_portal import clock, dates
from minno_portal.workdays import is_working_day, working_day_from
from rounds.planning.calendar_checks import EARLIEST_YEAR, LATEST_YEAR
from rounds.planning.models import INTRO_LENGTH, WorkLog
from rounds.planning.phases import PHASES
from rounds.planning.services import LARGEST_LOG, SMALLEST_LOG


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%d", **options)


class MomentInput(forms.DateTimeInput):
    """The browser's own picker of a date and a time."""

    input_type = "datetime-local"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", **options)


class DaysField(forms.DecimalField):
    """Working days: 0,5 and 0.5 are the same in every language."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        """Read a decimal comma as well as a point."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class KickoffField(forms.DateField):
    """The day of a kick-off: a working day; the next one is named where it is none."""

    widget = DateInput

    def validate(self, value: Any) -> None:
        """Refuse a year out of reach and a day off."""
        super().validate(value)
        if value is None:
            return
        if not EARLIEST_YEAR <= value.year < LATEST_YEAR:
            raise forms.ValidationError(_("Check the year."))
        if not is_working_day(value):
            raise forms.ValidationError(
                _("This day is a weekend or a holiday. The next working day is %(day)s."),
                params={"day": dates.day(working_day_from(value))},
            )


def plain_helper(*parts: Any) -> FormHelper:
    """Return crispy's layout without its own form tag: the template writes it."""
    helper = FormHelper()
    helper.form_tag = False
    helper.form_show_errors = True
    helper.layout = Layout(*parts)
    return helper


def _call_text(language: str, name: str) -> forms.CharField:
    return forms.CharField(
        label=name,
        required=False,
        max_length=INTRO_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6, "lang": language, "data-counter": INTRO_LENGTH}),
    )


class TextForm(forms.Form):
    """The text of the call in three languages; each field is named in its own language."""

    fi = _call_text("fi", "Suomi")
    sv = _call_text("sv", "Svenska")
    en = _call_text("en", "English")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper("fi", "sv", "en")


class WorkForm(forms.Form):
    """One entry of working time."""

    phase = forms.ChoiceField(label=_("Phase"))
    days = DaysField(
        label=_("Working days"),
        min_value=SMALLEST_LOG,
        max_value=LARGEST_LOG,
        max_digits=4,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text=_("For example 0.5 for half a day"),
    )
    done_on = forms.DateField(label=_("Day"), widget=DateInput)
    note = forms.CharField(
        label=_("What was done"),
        required=False,
        max_length=WorkLog._meta.get_field("note").max_length,  # noqa: SLF001 (public model API)
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        phase = self.fields["phase"]
        assert isinstance(phase, forms.ChoiceField)  # noqa: S101 (tells the type)
        phase.choices = [
            (template.key.value, f"{template.number} {template.short_name}") for template in PHASES
        ]
        self.helper = plain_helper("phase", "days", "done_on", "note")

    def clean_done_on(self) -> Any:
        """Take days that have been."""
        day = self.cleaned_data["done_on"]
        if day.year < EARLIEST_YEAR:
            raise forms.ValidationError(_("Check the year."))
        if day > clock.today():
            raise forms.ValidationError(
                _("Working time can be logged when it has been done, not beforehand.")
            )
        return day
