"""The small forms around a challenge; its sections are in `section_forms`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from minno_portal.form_helpers import inner_helper
from organisations.register.models import Organisation
from rounds.challenges.enums import Visibility
from rounds.challenges.fields import PlainTextField
from rounds.challenges.helping.readers import choices_for_party
from rounds.challenges.models import TEXT_LENGTH, Challenge


class CommentForm(forms.Form):
    """A comment and who sees it."""

    body = PlainTextField(
        label=_("Comment"), max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )
    visibility = forms.ChoiceField(label=_("Who sees this"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, challenge: Challenge, is_party: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Nothing goes to the other side by mistake: a party chooses who sees it each time.
        if is_party:
            self.fields["visibility"].choices = choices_for_party(challenge)  # type: ignore[attr-defined]
            return
        for_association = Visibility.ASSOCIATION
        self.fields["visibility"] = forms.ChoiceField(
            choices=[(for_association.value, for_association.label)],
            initial=for_association.value,
            widget=forms.HiddenInput,
        )


class SubmitForm(forms.Form):
    """Accepting the terms, which submitting needs unless these very terms were accepted before."""

    accepts_terms = forms.BooleanField(
        label=_("We accept the terms of giving a challenge, and have read the privacy notice"),
        error_messages={"required": _("Accept the terms to submit the challenge.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = inner_helper(self)


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
        self.helper = inner_helper(self)
