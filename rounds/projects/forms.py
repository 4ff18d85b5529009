"""The form of a team."""

from __future__ import annotations

from typing import ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from rounds.projects.models import Team


class TeamForm(forms.ModelForm):  # type: ignore[type-arg]
    """A team's name and addresses; students are not registered by name."""

    class Meta:
        model = Team
        fields = ("name", "contact_email", "tutor_name", "tutor_email")
        help_texts: ClassVar = {
            "name": _("For example Team 3 or the name the students use."),
            "contact_email": _(
                "One address that reaches the team. Students' names are not needed."
            ),
            "tutor_email": _("The tutor is asked for feedback at this address."),
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Fieldset(str(_("Team")), "name", "contact_email"),
            Fieldset(str(_("Tutor")), "tutor_name", "tutor_email"),
        )
