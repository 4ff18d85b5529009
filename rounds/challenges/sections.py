"""The form as this step reads it: a round's sections, and the check at their end."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from rounds.call.questions.round_form import RoundForm, form_of
from rounds.call.questions.standard import Question, Section, Text

__all__ = ["CHECK", "CHECK_TITLE", "Question", "RoundForm", "Section", "Text", "form_of"]

# The last step of the form writes nothing: there the whole is checked and submitted.
CHECK = "check"
CHECK_TITLE = _("Check and submit")


def section_after(form: RoundForm, key: str) -> str:
    """Return the key of the step after the section `key`."""
    keys = [*form.by_key, CHECK]
    return keys[keys.index(key) + 1]
