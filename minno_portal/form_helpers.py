"""How crispy draws forms inside a page's own `<form>`."""

from __future__ import annotations

from crispy_forms.helper import FormHelper
from django import forms


def inner_helper(form: forms.BaseForm) -> FormHelper:
    """Return a helper that draws the fields alone: the template writes `<form>` and its token."""
    helper = FormHelper(form)
    helper.form_tag = False
    helper.disable_csrf = True
    return helper
