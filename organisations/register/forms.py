"""Forms about organisations, their contact people and notes."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from minno_portal.numbers import KEY_DIGITS, whole_number
from organisations.people.enums import Language
from organisations.people.forms import normal_phone
from organisations.register.contacts import Person
from organisations.register.models import Contact, County, Note, normal_business_id
from organisations.register.services import Facts, Identity

IDENTITY = ("name", "short_name", "business_id")
FACTS = ("language", "website", "is_national", "counties", "no_mail")
MEMBER = "is_member"


def _helper(*fields: str) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.layout = Layout(*fields)
    return helper


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
        self.helper = _helper(*self.layout)

    def clean_business_id(self) -> str | None:
        """Write the number in its one form; an empty field is no number."""
        value = self.cleaned_data["business_id"]
        return normal_business_id(value) if value else None


class JoiningForm(NewOrganisationForm):
    """Asks for a newcomer's association, and which one it is where several are alike."""

    # The radio buttons stand in the template: there are none before there are candidates.
    chosen = forms.CharField(required=False)

    def clean_chosen(self) -> int | None:
        """Return the id that was picked, 0 for none of them; nonsense is no choice."""
        return whole_number(self.cleaned_data["chosen"], digits=KEY_DIGITS)


class OrganisationForm(NewOrganisationForm):
    """What is told of an organisation; its names only by those who may tell them."""

    short_name = forms.CharField(
        label=_("Short name"),
        help_text=_("Shown in lists and headings, if the name is long."),
        max_length=40,
        required=False,
    )
    website = forms.URLField(
        label=_("Website"),
        max_length=200,
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
    )
    is_national = forms.BooleanField(label=_("Works in the whole country"), required=False)
    counties: forms.ModelMultipleChoiceField[County] = forms.ModelMultipleChoiceField(
        label=_("Areas"),
        help_text=_("Where the association works, unless in the whole country."),
        queryset=County.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    is_member = forms.BooleanField(
        label=_("Member of the coordinating organisation"), required=False
    )
    no_mail = forms.BooleanField(
        label=_("No news by e-mail"),
        help_text=_(
            "Announcements of calls are not sent. Letters about the association's own challenges "
            "still are."
        ),
        required=False,
    )

    layout = (*IDENTITY, *FACTS, MEMBER)

    def __init__(
        self, *args: Any, may_rename: bool = True, may_keep: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name")
        self.fields["website"].validators = [URLValidator(schemes=["http", "https"])]
        left_out = (*(() if may_rename else IDENTITY), *(() if may_keep else (MEMBER,)))
        for name in left_out:
            del self.fields[name]
        self.helper = _helper(*self.fields)

    @property
    def identity(self) -> Identity | None:
        """Names and number, where they may be told."""
        if "name" not in self.cleaned_data:
            return None
        data = self.cleaned_data
        return Identity(
            name=data["name"], short_name=data["short_name"], business_id=data["business_id"]
        )

    @property
    def is_member_now(self) -> bool | None:
        """Whether it is a member, where that may be told."""
        told: bool | None = self.cleaned_data.get(MEMBER)
        return told

    @property
    def facts(self) -> Facts:
        """Everything else."""
        data = self.cleaned_data
        return Facts(
            language=data["language"],
            website=data["website"],
            is_national=data["is_national"],
            counties=data["counties"],
            no_mail=data["no_mail"],
        )


class ContactForm(forms.ModelForm):  # type: ignore[type-arg]
    """A contact person of the register."""

    class Meta:
        model = Contact
        fields = ("name", "email", "phone", "task", "language", "no_mail")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = Language.choices  # type: ignore[attr-defined]
        self.fields["no_mail"].label = _("No news by e-mail")
        self.helper = _helper(*self.Meta.fields)

    def clean_email(self) -> str:
        """Write the address in small letters."""
        return str(self.cleaned_data["email"]).lower()

    def clean_phone(self) -> str:
        """Write the number in one way."""
        return normal_phone(self.cleaned_data["phone"])

    @property
    def person(self) -> Person:
        """What was told."""
        data = self.cleaned_data
        return Person(
            name=data["name"],
            email=data["email"],
            phone=data["phone"],
            task=data["task"],
            language=data["language"],
            no_mail=data["no_mail"],
        )

    def validate_unique(self) -> None:
        """Leave to the service what another contact person may have: it holds the lock."""


class NoteForm(forms.ModelForm):  # type: ignore[type-arg]
    """A note for the coordinators of one's own organisation."""

    class Meta:
        model = Note
        fields = ("body",)
        widgets = {"body": forms.Textarea(attrs={"rows": 3})}  # noqa: RUF012 (Django's own way)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].label = _("New note")
        self.helper = _helper("body")
