"""Forms about organisations."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.people.enums import Language
from organisations.register.models import normal_business_id


class NewOrganisationForm(forms.Form):
    """What is asked of a newcomer's association."""

    name = forms.CharField(
        label=_("Name of your organisation"),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    business_id = forms.CharField(
        label=_("Business ID (Y-tunnus)"),
        help_text=_("If you have one, for example 1234567-1."),
        max_length=20,
        required=False,
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)

    layout: tuple[str, ...] = ("name", "business_id", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(*self.layout)

    def clean_business_id(self) -> str | None:
        """Write the number in its one form; an empty field is no number."""
        value = self.cleaned_data["business_id"]
        return normal_business_id(value) if value else None


class OrganisationForm(NewOrganisationForm):
    """What the organisation's own people may change."""

    short_name = forms.CharField(
        label=_("Short name"),
        help_text=_("Shown in lists and headings, if the name is long."),
        max_length=40,
        required=False,
    )

    layout = ("name", "short_name", "business_id", "language")
