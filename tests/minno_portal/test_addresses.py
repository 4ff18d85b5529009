"""`{% url %}` answers as Django's own does."""

from __future__ import annotations

import pytest
from django.template import Context, Engine, Template
from django.urls import NoReverseMatch
from django.utils import translation


def draw(text: str, **context: object) -> str:
    return Template(text).render(Context(context))


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize(
    "tag",
    [
        '{% url "rounds" %}',
        '{% url "challenge" pk=pk %}',
        '{% url "challenge" pk %}',
        '{% url "round" slug %}',
        '{% url "round" slug as found %}<{{ found }}>',
        '{% url "admin:index" %}',
        "{% url name %}",
        '{% url "no-such-page" as found %}<{{ found }}>',
    ],
)
def test_as_django_answers(tag: str, language: str) -> None:
    known = {"pk": 7, "slug": "minno-1-2027", "name": "rounds"}
    djangos = Engine().from_string(tag)
    with translation.override(language):
        assert draw(tag, **known) == djangos.render(Context(known))
        assert draw(tag, **known) == djangos.render(Context(known))


def test_no_such_page() -> None:
    with pytest.raises(NoReverseMatch):
        draw('{% url "no-such-page" %}')
    with pytest.raises(NoReverseMatch):
        draw('{% url "round" "%/" %}')
