"""What coordinators type about a round: three answers, dates, the call's text, working time."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from minno_portal import clock, dates
from organisations.models import Partnership
from rounds.planning.calendar import FIELDS, is_working_day, working_day_from
from rounds.planning.calendar_checks import EARLIEST_YEAR, LATEST_YEAR, label, order_errors
from rounds.planning.enums import Form
from rounds.planning.models import INTRO_LENGTH, WorkLog
from rounds.planning.phases import PHASES
from rounds.planning.services import LARGEST_LOG, LARGEST_NUMBER, SMALLEST_LOG


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


def plain_helper(*parts: Any) -> FormHelper:
    """Return crispy's layout without its own form tag: the template writes it."""
    helper = FormHelper()
    helper.form_tag = False
    helper.form_show_errors = True
    helper.layout = Layout(*parts)
    return helper


class NewRoundForm(forms.Form):
    """The three answers from which a round is laid out."""

    partnership: forms.ModelChoiceField[Partnership] = forms.ModelChoiceField(
        label=_("Partnership"), queryset=Partnership.objects.none(), empty_label=None
    )
    number = forms.IntegerField(
        label=_("Number"),
        min_value=1,
        max_value=LARGEST_NUMBER,
        help_text=_("Which of the year’s rounds"),
    )
    year = forms.IntegerField(
        label=_("Year"),
        min_value=EARLIEST_YEAR,
        max_value=LATEST_YEAR - 1,
        help_text=_("The year of the kick-off"),
    )
    form = forms.ChoiceField(
        label=_("How the course is held"), choices=Form.choices, widget=forms.RadioSelect
    )
    kickoff_on = forms.DateField(
        label=_("Kick-off"),
        widget=DateInput,
        help_text=_("The institution usually names this day. Every other date follows from it."),
    )

    def __init__(self, *args: Any, partnerships: list[Partnership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts: list[Any] = [
            Row(Column("number", css_class="col-6"), Column("year", css_class="col-6")),
            "form",
            "kickoff_on",
        ]
        self.only = partnerships[0] if len(partnerships) == 1 else None
        if self.only:
            # One answer less: nobody has to choose from one.
            del self.fields["partnership"]
        else:
            parts.insert(0, "partnership")
            field = self.fields["partnership"]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (tells the type)
            field.queryset = Partnership.objects.filter(
                pk__in=[partnership.pk for partnership in partnerships]
            ).select_related("coordinator", "institution")
        self.helper = plain_helper(*parts)

    def clean(self) -> dict[str, Any]:
        """Fill in the only partnership."""
        return {"partnership": self.only} | self.cleaned_data

    def clean_kickoff_on(self) -> Any:
        """Ask for a working day, and name the next one."""
        day = self.cleaned_data["kickoff_on"]
        if not EARLIEST_YEAR <= day.year < LATEST_YEAR:
            raise forms.ValidationError(_("Check the year."))
        if not is_working_day(day):
            raise forms.ValidationError(
                _("This day is a weekend or a holiday. The next working day is %(day)s."),
                params={"day": dates.day(working_day_from(day))},
            )
        return day


class CalendarForm(forms.Form):
    """Every date of a round on one page."""

    call_opens_at = forms.DateTimeField(widget=MomentInput)
    call_closes_at = forms.DateTimeField(widget=MomentInput)
    packet_on = forms.DateField(widget=DateInput)
    decisions_on = forms.DateField(widget=DateInput)
    kickoff_on = forms.DateField(widget=DateInput)
    contract_on = forms.DateField(widget=DateInput)
    midreview_on = forms.DateField(
        widget=DateInput, required=False, help_text=_("Leave empty if there is none.")
    )
    fest_on = forms.DateField(widget=DateInput)
    feedback_on = forms.DateField(widget=DateInput)
    evaluation_on = forms.DateField(widget=DateInput)

    def __init__(self, *args: Any, call_has_opened: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = label(name)
        if call_has_opened:
            self.fields["call_opens_at"].disabled = True
            self.fields["call_opens_at"].help_text = _("The call has opened.")
            self.fields["call_closes_at"].help_text = _("The deadline can only be made later.")
        half = "col-sm-6"
        self.helper = plain_helper(
            *(
                Row(*(Column(name, css_class=half) for name in FIELDS[start : start + 2]))
                for start in range(0, len(FIELDS), 2)
            )
        )

    def clean(self) -> dict[str, Any]:
        """Compare the dates with each other; each error stands at the later date."""
        values = dict(self.cleaned_data)
        for name, sentence in order_errors(values).items():
            self.add_error(name, sentence)
        return self.cleaned_data


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
