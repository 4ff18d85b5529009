"""The form of an outcome."""

from __future__ import annotations

from typing import ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from rounds.outcomes.models import Outcome


class OutcomeForm(forms.ModelForm):  # type: ignore[type-arg]
    """What was made, in the words that the public reads."""

    link = forms.URLField(
        label=_("Link"),
        required=False,
        assume_scheme="https",
        help_text=_("Where the outcome can be read, for example https://www.theseus.fi/…"),
    )

    class Meta:
        model = Outcome
        fields = ("title", "summary", "kind", "link", "language", "may_publish")
        widgets: ClassVar = {"summary": forms.Textarea(attrs={"rows": 5})}
        labels: ClassVar = {
            "may_publish": _("The association permits publishing this outcome"),
        }
        help_texts: ClassVar = {
            "title": _("What was made, in one line."),
            "summary": _("Two or three sentences: for whom, what it changes, what comes next."),
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("title", "summary", "kind", "link", "language", "may_publish")
