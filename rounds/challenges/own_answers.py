"""Answers to a round's own questions: their form fields, how they are kept, and their words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minno_portal import dates
from rounds.call.questions.enums import Kind, Need
from rounds.call.questions.models import OwnQuestion
from rounds.call.questions.options import choices, label_of
from rounds.challenges.fields import PlainTextField
from rounds.challenges.models import TEXT_LENGTH

PREFIX = "own_"
SHORT_TEXT_LENGTH = 200
MOST_DIGITS = 14
DECIMALS = 2
# From this many choices on a list that opens is easier to read than buttons in a row.
MOST_RADIOS = 7
YES, NO = "yes", "no"
_NO_ANSWER = gettext_lazy("No answer")


def field_for(own: OwnQuestion) -> forms.Field:
    """Return the form field that takes answers to `own`; it may be left empty.

    :raises KeyError: for a question that is answered with files.
    """
    field = _FIELDS[Kind(own.kind)](own)
    field.required = False
    return field


def kept(value: Any) -> Any:
    """Return a field's clean value as `Challenge.own_answers` keeps it; None for no answer."""
    if isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return _plain_number(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return value or None


def typed(own: OwnQuestion, value: Any) -> Any:
    """Return a kept answer as the form's field starts with it; None where it cannot be read."""
    if own.kind == Kind.YES_NO:
        return (YES if value else NO) if isinstance(value, bool) else None
    if own.kind == Kind.NUMBER:
        return _number(value)
    if own.kind == Kind.CHOICES:
        return value if isinstance(value, list) else []
    return value if isinstance(value, str) else None


def words(own: OwnQuestion, value: Any) -> str | tuple[str, ...]:
    """Return a kept answer as people read it, also one that was given before a change."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return tuple(label_of(own.options, key) for key in value)
    if own.kind == Kind.CHOICE:
        return label_of(own.options, value)
    if own.kind == Kind.NUMBER and (number := _number(value)) is not None:
        return str(number_format(number, use_l10n=True, force_grouping=True))
    if own.kind == Kind.DATE and (day := _day(value)) is not None:
        return dates.day(day)
    return str(value)


def _plain_number(value: Decimal) -> str:
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _number(value: Any) -> Decimal | None:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _day(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return None


def _with_none(own: OwnQuestion, found: list[tuple[str, str]]) -> list[tuple[Any, Any]]:
    """Add the way back to no answer, which a browser's buttons lack, where none is needed."""
    return [("", _NO_ANSWER), *found] if own.need == Need.OPTIONAL else list(found)


def _short_text(_own: OwnQuestion) -> forms.Field:
    return PlainTextField(max_length=SHORT_TEXT_LENGTH)


def _long_text(_own: OwnQuestion) -> forms.Field:
    return PlainTextField(max_length=TEXT_LENGTH, widget=forms.Textarea)


def _number_field(_own: OwnQuestion) -> forms.Field:
    field = forms.DecimalField(max_digits=MOST_DIGITS, decimal_places=DECIMALS, localize=True)
    field.widget.attrs["inputmode"] = "decimal"
    return field


def _choice(own: OwnQuestion) -> forms.Field:
    found = choices(own.options)
    if len(found) > MOST_RADIOS:
        return forms.ChoiceField(choices=[("", gettext_lazy("Not chosen")), *found])
    return forms.ChoiceField(choices=_with_none(own, found), widget=forms.RadioSelect)


def _choices(own: OwnQuestion) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=choices(own.options), widget=forms.CheckboxSelectMultiple
    )


def _yes_no(own: OwnQuestion) -> forms.Field:
    return forms.TypedChoiceField(
        choices=_with_none(own, [(YES, _("Yes")), (NO, _("No"))]),
        widget=forms.RadioSelect,
        coerce=YES.__eq__,
        empty_value=None,
    )


def _date(_own: OwnQuestion) -> forms.Field:
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=("%Y-%m-%d", "%d.%m.%Y"),
    )


_FIELDS: dict[Kind, Callable[[OwnQuestion], forms.Field]] = {
    Kind.SHORT_TEXT: _short_text,
    Kind.LONG_TEXT: _long_text,
    Kind.NUMBER: _number_field,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.YES_NO: _yes_no,
    Kind.DATE: _date,
}
