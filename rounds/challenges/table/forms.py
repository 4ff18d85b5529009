"""The forms around the table."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from minno_portal.form_helpers import inner_helper
from rounds.challenges.enums import Visibility
from rounds.challenges.errors import DateNotAhead
from rounds.challenges.fields import CompleteByField, PlainTextField
from rounds.challenges.models import TEXT_LENGTH
from rounds.challenges.services import DEADLINE_HOUR
from rounds.challenges.table.models import NAME_LENGTH


class PlainHelperForm(forms.Form):
    """A form that crispy draws inside the page's own `<form>`."""

    @property
    def helper(self) -> FormHelper:
        """How crispy draws it."""
        return inner_helper(self)


class ViewForm(PlainHelperForm):
    """The name of a view."""

    name = PlainTextField(
        label=_("Name of the view"),
        max_length=NAME_LENGTH,
        error_messages={"required": _("Give the view a name.")},
    )


class NothingForm(PlainHelperForm):
    """What needs no words: only a confirmation."""


class CompletionTogetherForm(PlainHelperForm):
    """What several associations should complete, and by when."""

    comment = PlainTextField(
        label=_("What should be completed?"),
        help_text=_("Every association below sees the same text and gets it by e-mail."),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    due_on = CompleteByField()

    def clean_due_on(self) -> dt.date:
        """Refuse a day that is over before anybody is asked."""
        day: dt.date = self.cleaned_data["due_on"]
        if clock.helsinki(day, DEADLINE_HOUR) <= clock.now():
            raise forms.ValidationError(DateNotAhead.sentence)
        return day


class CommentTogetherForm(PlainHelperForm):
    """The same comment to several challenges, and who sees it."""

    VISIBILITIES: ClassVar = (Visibility.ASSOCIATION, Visibility.PARTIES, Visibility.SELF)

    body = PlainTextField(
        label=_("Comment"),
        help_text=_("The same comment is added to every challenge below."),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    visibility = forms.ChoiceField(
        label=_("Who sees this"),
        choices=[(choice.value, choice.label) for choice in VISIBILITIES],
        widget=forms.RadioSelect,
    )
