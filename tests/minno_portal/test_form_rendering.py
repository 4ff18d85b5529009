"""Controls drawn in Python say what Django's templates say."""

from __future__ import annotations

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.test.testcases import SimpleTestCase

from minno_portal.form_rendering import Renderer

HOSTILE = "<b>\"'&"
WIDGETS: list[tuple[forms.Widget, object]] = [
    (forms.TextInput(attrs={"placeholder": HOSTILE, "autofocus": True, "readonly": False}), "a"),
    (forms.TextInput(), HOSTILE),
    (forms.TextInput(), None),
    (forms.EmailInput(attrs={"maxlength": 4000}), "a@example.org"),
    (forms.NumberInput(), 0),
    (forms.HiddenInput(), "association"),
    (forms.CheckboxInput(), True),
    (forms.CheckboxInput(), False),
    (forms.Textarea(attrs={"rows": 3, "required": True}), f"\n{HOSTILE}"),
    (forms.Textarea(), None),
    (forms.Select(choices=[("a", "A"), ("<", "B")]), "<"),
]


@pytest.mark.parametrize(("widget", "value"), WIDGETS)
def test_as_django_draws_it(widget: forms.Widget, value: object) -> None:
    ours = widget.render("name", value, attrs={"id": "id_name"}, renderer=Renderer())
    djangos = widget.render("name", value, attrs={"id": "id_name"}, renderer=DjangoTemplates())
    SimpleTestCase().assertHTMLEqual(ours, djangos)


def test_the_first_line_break_of_a_text_survives() -> None:
    drawn = forms.Textarea().render("name", "\ntext", renderer=Renderer())
    assert drawn.endswith(">\n\ntext</textarea>")


def test_forms_use_it() -> None:
    assert isinstance(get_default_renderer(), Renderer)
