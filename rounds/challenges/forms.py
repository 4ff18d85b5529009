"""One form a section of the challenge, and the small forms around it."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from organisations.people.enums import Language
from organisations.register.models import County, Organisation
from rounds.call.models import Fund, SpecificObjective
from rounds.challenges.enums import Field, FundingThought, Output, Visibility
from rounds.challenges.fields import PhoneField, PlainTextField, RowField, RowsField
from rounds.challenges.models import TEXT_LENGTH, Challenge
from rounds.challenges.sections import BY_KEY, QUESTIONS

LARGEST_VERSION = 2**31 - 1


class SectionForm(forms.ModelForm):  # type: ignore[type-arg]
    """Base of the sections: saving needs nothing but values of the right kind and length.

    `version` is the version of the challenge that the person opened.
    """

    version = forms.IntegerField(
        required=False, min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("version", self.instance.version)
        for name, field in self.fields.items():
            question = QUESTIONS.get(name)
            if question is None:
                continue
            field.required = False
            field.label = str(question.form_label)
            field.help_text = str(question.help)
            if question.rows:
                field.widget.attrs["rows"] = question.rows
            if question.is_required:
                field.widget.attrs["data-needed"] = "submit"

    @property
    def helper(self) -> FormHelper:
        """How crispy draws the form inside the page's own `<form>`."""
        helper = FormHelper(self)
        helper.form_tag = False
        helper.disable_csrf = True
        return helper

    @property
    def values(self) -> dict[str, Any]:
        """The clean values of the section's questions, for `save_section`."""
        return {name: value for name, value in self.cleaned_data.items() if name in QUESTIONS}


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
        fields = BY_KEY["contact"].fields
        formfield_callback = _plain_text


class ChallengeForm(SectionForm):
    """The challenge itself."""

    hoped_outputs = forms.MultipleChoiceField(
        choices=Output.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta:
        model = Challenge
        fields = BY_KEY["challenge"].fields
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
        fields = BY_KEY["team"].fields
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
        fields = BY_KEY["funding"].fields

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
        fields = BY_KEY["permissions"].fields


FORMS: dict[str, type[SectionForm]] = {
    "contact": ContactForm,
    "challenge": ChallengeForm,
    "team": TeamForm,
    "funding": FundingForm,
    "permissions": PermissionsForm,
}


class CommentForm(forms.Form):
    """A comment and who sees it."""

    body = PlainTextField(
        label=_("Comment"), max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )
    visibility = forms.ChoiceField(label=_("Who sees this"), widget=forms.RadioSelect)

    VISIBILITIES: ClassVar = {
        True: (Visibility.ASSOCIATION, Visibility.PARTIES, Visibility.SELF),
        False: (Visibility.ASSOCIATION,),
    }

    def __init__(self, *args: Any, is_party: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = self.VISIBILITIES[is_party]
        self.fields["visibility"].choices = [  # type: ignore[attr-defined]
            (choice.value, choice.label) for choice in choices
        ]
        # Nothing goes to the other side by mistake: a party chooses who sees it each time.
        if not is_party:
            self.fields["visibility"].widget = forms.HiddenInput()
            self.fields["visibility"].initial = Visibility.ASSOCIATION.value


class SubmitForm(forms.Form):
    """Accepting the terms, which submitting needs unless these very terms were accepted before."""

    accepts_terms = forms.BooleanField(
        label=_("We accept the terms of giving a challenge, and have read the privacy notice"),
        error_messages={"required": _("Accept the terms to submit the challenge.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = _helper(self)


class BeginForm(forms.Form):
    """For which organisation a challenge is begun."""

    organisation = forms.ModelChoiceField(
        label=_("For which organisation do you write?"),
        queryset=Organisation.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args: Any, organisations: models.QuerySet[Organisation], **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset = organisations  # type: ignore[attr-defined]
        if len(organisations) == 1:
            field.initial = organisations[0].pk
            field.widget = forms.HiddenInput()
        self.helper = _helper(self)


class CompletionForm(forms.Form):
    """What should be completed, and by when."""

    comment = PlainTextField(
        label=_("What should be completed?"),
        help_text=_("The association sees this and gets it by e-mail."),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    due_on = forms.DateField(
        label=_("Complete by"),
        help_text=_("The time ends at 16:00 on this day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = clock.today() + dt.timedelta(weeks=1)
        self.helper = _helper(self)


def _helper(form: forms.Form) -> FormHelper:
    helper = FormHelper(form)
    helper.form_tag = False
    helper.disable_csrf = True
    return helper
