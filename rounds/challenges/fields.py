"""Form fields that take what people paste and give what the database keeps."""

from __future__ import annotations

import datetime as dt
from typing import Any

import phonenumbers
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from minno_portal.fields import PlainTextField
from minno_portal.workdays import working_day_from

__all__ = [
    "CompleteByField",
    "PhoneField",
    "PlainTextField",
    "RowField",
    "RowsField",
    "shown_phone",
]

HOME_REGION = "FI"


class CompleteByField(forms.DateField):
    """The day by which an association completes its challenge: in a week, on a working day."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Complete by"),
            help_text=_("The time ends at 16:00 on this day."),
            initial=lambda: working_day_from(clock.today() + dt.timedelta(weeks=1)),
            **kwargs,
        )


class PhoneField(forms.CharField):
    """A telephone number: written as people do, kept in the international form +358401234567."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})

    def to_python(self, value: Any) -> str:
        """Return the number in E.164, or an empty text."""
        text = super().to_python(value)
        if not text:
            return ""
        try:
            number = phonenumbers.parse(text, HOME_REGION)
        except phonenumbers.NumberParseException as error:
            raise ValidationError(self._advice, code="phone") from error
        if not phonenumbers.is_possible_number(number) or number.extension:
            raise ValidationError(self._advice, code="phone")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number the way it is written in Finland."""
        return shown_phone(value) if isinstance(value, str) else value

    _advice = _("Check the telephone number. Write it for example as 040 123 4567.")


class _WithoutNul:
    """Refuse NUL bytes before the database has to."""

    def _refuse_nul(self, value: Any) -> None:
        values = value if isinstance(value, (list, tuple)) else [value]
        if any("\x00" in str(item) for item in values):
            raise ValidationError(_("Choose one of the listed options."), code="invalid_choice")


class RowField(_WithoutNul, forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice among rows whose key is text."""

    def to_python(self, value: Any) -> Any:
        """Return the row."""
        self._refuse_nul(value)
        return super().to_python(value)


class RowsField(_WithoutNul, forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """A choice of several among rows whose key is text."""

    def clean(self, value: Any) -> Any:
        """Return the rows."""
        self._refuse_nul(value)
        return super().clean(value)


def shown_phone(number: str) -> str:
    """Return a stored number as people read it; anything else as it is."""
    try:
        parsed = phonenumbers.parse(number, HOME_REGION)
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_valid_number(parsed):
        return number
    is_home = parsed.country_code == phonenumbers.country_code_for_region(HOME_REGION)
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, form.NATIONAL if is_home else form.INTERNATIONAL)
