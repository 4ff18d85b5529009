"""One form a section of the challenge, as its round asks it."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from minno_portal.form_helpers import inner_helper
from organisations.people.enums import Language
from organisations.register.models import County
from rounds.call.models import Fund, SpecificObjective
from rounds.call.questions.standard import FIELDS_OF, Question, Section
from rounds.challenges.enums import Field, FundingThought, Output
from rounds.challenges.fields import PhoneField, PlainTextField, RowField, RowsField
from rounds.challenges.models import Challenge
from rounds.challenges.own_answers import PREFIX, field_for, kept, typed
from rounds.challenges.sections import form_of

LARGEST_VERSION = 2**31 - 1


def section_form(challenge: Challenge, key: str, data: Any = None) -> SectionForm:
    """Return the form of one section, bound when there is `data`.

    :param challenge: may be unsaved, with nothing but a round.
    :raises KeyError: when the challenge's round has no such section.
    """
    section = form_of(challenge.round).by_key[key]
    form = _FORMS[key](data, instance=challenge)
    form.ask(section)
    return form


class SectionForm(forms.ModelForm):  # type: ignore[type-arg]
    """Base of the sections: saving needs nothing but values of the right kind and length.

    `version` is the version of the challenge that the person opened.
    """

    version = forms.IntegerField(
        required=False, min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput
    )

    section: Section

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", self.instance.version)

    def ask(self, section: Section) -> None:
        """Leave on the form what `section` asks, its own questions included."""
        self.section = section
        for name in self.fields.keys() - {"version", *section.fields}:
            del self.fields[name]
        for question in section.questions:
            if question.own is not None and not question.is_file:
                self.fields[question.field] = field_for(question.own)
                answer = self.instance.own_answers.get(question.field)
                self.initial[question.field] = typed(question.own, answer)
            if not question.is_file:
                _dress(self.fields[question.field], question)

    @property
    def helper(self) -> FormHelper:
        """How crispy draws the form inside the page's own `<form>`."""
        return inner_helper(self)

    @property
    def values(self) -> dict[str, Any]:
        """The clean values of the section's questions, for `save_section`."""
        return {
            name: kept(value) if name.startswith(PREFIX) else value
            for name, value in self.cleaned_data.items()
            if name in self.section.fields
        }


def _dress(field: forms.Field, question: Question) -> None:
    """Give a field the words of its question, and say how much an answer is needed."""
    field.required = question.is_needed_to_save
    field.label = str(question.form_label)
    field.help_text = str(question.help)
    if question.rows:
        field.widget.attrs["rows"] = question.rows
    if question.is_required:
        field.widget.attrs["data-needed"] = "submit"
    if field.required:
        field.error_messages["required"] = str(question.missing)


def _plain_text(field: models.Field[Any, Any], **kwargs: Any) -> forms.Field | None:
    """Make every free text of the model a `PlainTextField`."""
    if isinstance(field, models.EmailField) or field.choices:
        return field.formfield(**kwargs)
    if isinstance(field, (models.CharField, models.TextField)):
        return field.formfield(form_class=PlainTextField, **kwargs)
    return field.formfield(**kwargs)


class ContactForm(SectionForm):
    """Organisation and contact person."""

    contact_phone = PhoneField(max_length=30, required=False)

    class Meta:
        model = Challenge
        fields = FIELDS_OF["contact"]
        formfield_callback = _plain_text


class ChallengeForm(SectionForm):
    """The challenge itself."""

    hoped_outputs = forms.MultipleChoiceField(
        choices=Output.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Challenge
        fields = FIELDS_OF["challenge"]
        formfield_callback = _plain_text


class TeamForm(SectionForm):
    """What the association gives to the team."""

    support_hours = forms.DecimalField(
        max_digits=4, decimal_places=1, min_value=0, max_value=40, localize=True, required=False
    )
    hoped_fields = forms.MultipleChoiceField(
        choices=Field.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    working_language = forms.ChoiceField(choices=Language.choices, required=False)

    class Meta:
        model = Challenge
        fields = FIELDS_OF["team"]
        formfield_callback = _plain_text

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["support_hours"].widget.attrs["inputmode"] = "decimal"

    def clean_working_language(self) -> str:
        """Keep the present language when none is chosen."""
        return str(self.cleaned_data["working_language"] or self.instance.working_language)


class ObjectiveField(RowField):
    """Specific objectives, each with its fund and number before its name."""

    def label_from_instance(self, obj: models.Model) -> str:
        """Return for example “ESR 4.3 – …”."""
        return f"{obj} – {obj.name}"  # type: ignore[attr-defined]


class FundingForm(SectionForm):
    """Areas and the thought of funding."""

    counties = RowsField(
        queryset=County.objects.all(), widget=forms.CheckboxSelectMultiple, required=False
    )
    funding_thought = forms.ChoiceField(
        choices=FundingThought.choices, widget=forms.RadioSelect, required=False
    )
    fund = RowField(queryset=Fund.objects.none(), required=False, empty_label=_("Not chosen"))
    objective = ObjectiveField(
        queryset=SpecificObjective.objects.none(), required=False, empty_label=_("Not chosen")
    )

    class Meta:
        model = Challenge
        fields = FIELDS_OF["funding"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = clock.today()
        funds = Fund.objects.valid_on(today)
        self.fields["fund"].queryset = funds  # type: ignore[attr-defined]
        self.fields["objective"].queryset = SpecificObjective.objects.valid_on(  # type: ignore[attr-defined]
            today
        ).filter(fund__in=funds)

    def clean_funding_thought(self) -> str:
        """Nothing chosen means not yet."""
        return str(self.cleaned_data["funding_thought"] or FundingThought.NOT_YET.value)

    def clean(self) -> dict[str, Any]:
        """Keep fund and objective only where they say something, and together only as a pair."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        fund, objective = values.get("fund"), values.get("objective")
        if values.get("funding_thought") != FundingThought.FUND:
            values["fund"] = values["objective"] = None
        elif objective and not fund:
            values["fund"] = objective.fund
        elif objective and fund and objective.fund_id != fund.pk:
            self.add_error(
                "objective",
                _("This objective does not belong to the fund you chose. Choose another."),
            )
        return values


class PermissionsForm(SectionForm):
    """What the association permits."""

    class Meta:
        model = Challenge
        fields = FIELDS_OF["permissions"]


_FORMS: dict[str, type[SectionForm]] = {
    "contact": ContactForm,
    "challenge": ChallengeForm,
    "team": TeamForm,
    "funding": FundingForm,
    "permissions": PermissionsForm,
}
