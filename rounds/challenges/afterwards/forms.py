"""The forms of what comes after submitting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from minno_portal.form_helpers import inner_helper
from rounds.call.questions.standard import STANDARD
from rounds.challenges.afterwards.contact import CONTACT_FIELDS
from rounds.challenges.fields import PhoneField, PlainTextField
from rounds.challenges.models import Challenge
from rounds.challenges.sections import form_of
from rounds.planning.models import Round

LONGEST_NAME = 120
LONGEST_ADDRESS = 254


class ContactPersonForm(forms.Form):
    """Who is asked and told: as much of it as the round asks."""

    contact_name = PlainTextField(
        max_length=LONGEST_NAME,
        error_messages={"required": _("Write the name of the contact person.")},
    )
    contact_email = forms.EmailField(
        max_length=LONGEST_ADDRESS,
        error_messages={"required": _("Write the e-mail address of the contact person.")},
    )
    contact_phone = PhoneField(max_length=30, required=False)
    deputy_name = PlainTextField(max_length=LONGEST_NAME, required=False)
    deputy_email = forms.EmailField(max_length=LONGEST_ADDRESS, required=False)

    def __init__(self, *args: Any, challenge: Challenge, **kwargs: Any) -> None:
        self.challenge = challenge
        present = {name: getattr(challenge, name) for name in CONTACT_FIELDS}
        super().__init__(*args, **{**kwargs, "initial": present})
        asked = form_of(challenge.round).questions
        for name in CONTACT_FIELDS:
            if name in asked:
                self.fields[name].label = str(STANDARD[name].form_label)
                self.fields[name].help_text = str(STANDARD[name].help)
            else:
                del self.fields[name]
        self.helper = inner_helper(self)

    @property
    def values(self) -> dict[str, str]:
        """What `change_contact` takes; what the round does not ask stays as it is."""
        given = {
            name: self.cleaned_data.get(name, getattr(self.challenge, name))
            for name in CONTACT_FIELDS
        }
        return {name.removeprefix("contact_"): value for name, value in given.items()}


class CopyForm(forms.Form):
    """The round that a challenge is copied to."""

    round: forms.ModelChoiceField[Round] = forms.ModelChoiceField(
        label=_("To which round?"),
        queryset=Round.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args: Any, rounds: list[Round], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["round"]
        field.queryset = Round.objects.filter(pk__in=[each.pk for each in rounds])  # type: ignore[attr-defined]
        if len(rounds) == 1:
            field.initial = rounds[0].pk
            field.widget = forms.HiddenInput()
        self.helper = inner_helper(self)
