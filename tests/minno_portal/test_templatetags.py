"""What every template has at hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
import time_machine
from django import forms
from django.template import Context, Template
from django.utils import translation
from pytest_django.asserts import assertInHTML

from minno_portal import clock, dates
from minno_portal.templatetags import portal
from rounds.challenges.enums import Status

DEADLINE = dt.datetime(2026, 12, 4, 14, 0, tzinfo=dt.UTC)
KLO, NBSP = "klo\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


def draw(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fi", "pe 4.12.2026 klo 16.00"),
        ("sv", "fr 4.12.2026 kl. 16.00"),
        ("en", "Fri 4 Dec 2026 at 16:00"),
    ],
)
def test_a_deadline_as_each_language_writes_it(language: str, expected: str) -> None:
    with translation.override(language):
        assert draw("{{ at|deadline }}", at=DEADLINE).replace(NBSP, " ") == expected


def test_a_deadline_does_not_break_between_clock_and_hour() -> None:
    with translation.override("fi"):
        assert f"{KLO}16.00" in draw("{{ at|deadline }}", at=DEADLINE)


@pytest.mark.parametrize(
    ("language", "day", "moment", "month"),
    [
        ("fi", "5.2.2026", "5.2.2026 klo 9.05", "helmikuu 2026"),
        ("sv", "5.2.2026", "5.2.2026 kl. 9.05", "februari 2026"),
        ("en", "5 Feb 2026", "5 Feb 2026 at 9:05", "February 2026"),
    ],
)
def test_days_moments_and_months(language: str, day: str, moment: str, month: str) -> None:
    at = clock.helsinki(dt.date(2026, 2, 5), 9, 5)
    with translation.override(language):
        shown = draw("{{ at|day }}|{{ at|moment }}|{{ at|month }}", at=at).replace(NBSP, " ")
    assert shown == f"{day}|{moment}|{month}"


def test_a_moment_belongs_to_the_day_that_helsinki_has() -> None:
    late = dt.datetime(2026, 6, 30, 22, 30, tzinfo=dt.UTC)  # half past one in the night
    with translation.override("fi"):
        assert portal.day(late) == "1.7.2026"
        assert portal.weekday_day(late).replace(NBSP, " ") == "ke 1.7.2026"


@pytest.mark.parametrize(
    ("first", "last", "finnish", "english"),
    [
        (dt.date(2026, 12, 5), dt.date(2026, 12, 18), "5.–18.12.2026", "5–18 Dec 2026"),
        (dt.date(2026, 12, 5), dt.date(2026, 12, 5), "5.12.2026", "5 Dec 2026"),
        (
            dt.date(2026, 12, 5),
            dt.date(2027, 1, 7),
            "5.12.2026 – 7.1.2027",
            "5 Dec 2026 – 7 Jan 2027",
        ),
    ],
)
def test_ranges_of_days(first: dt.date, last: dt.date, finnish: str, english: str) -> None:
    with translation.override("fi"):
        assert dates.day_range(first, last) == finnish
    with translation.override("en"):
        assert dates.day_range(first, last).replace(NBSP, " ") == english


@pytest.mark.parametrize(
    "name", ["day", "weekday_day", "moment", "deadline", "month", "clock_time"]
)
def test_nothing_is_shown_where_there_is_no_date(name: str) -> None:
    assert draw(f"{{{{ at|{name} }}}}", at=None) == ""


@pytest.mark.parametrize(
    ("size", "finnish", "english"),
    [(4_000, "3,9 kt", "3.9 kB"), (10 * 2**20, "10,0 Mt", "10.0 MB"), (0, "0,0 kt", "0.0 kB")],
)
def test_sizes_of_files(size: int, finnish: str, english: str) -> None:
    for language, expected in (("fi", finnish), ("en", english)):
        with translation.override(language):
            assert portal.file_size(size).replace("\xa0", " ") == expected


@time_machine.travel(dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC), tick=False)
def test_days_left_are_counted_by_dates() -> None:
    assert portal.days_left(DEADLINE) == 13
    assert portal.days_left(dt.date(2026, 11, 21)) == 0
    assert portal.days_left(dt.date(2026, 11, 1)) == 0
    with translation.override("en"):
        assert portal.days_left_text(DEADLINE) == "13 days left"
        assert portal.days_left_text(dt.date(2026, 11, 22)) == "1 day left"
        assert portal.days_left_text(dt.date(2026, 11, 21)) == "today"


@pytest.mark.parametrize(
    ("language", "value", "expected"),
    [
        ("fi", Decimal("1.0"), "1,0"),
        ("sv", Decimal("0.25"), "0,25"),
        ("en", Decimal(2), "2.0"),
        ("en", None, "varies"),
    ],
)
def test_working_days(language: str, value: Decimal | None, expected: str) -> None:
    with translation.override(language):
        assert portal.working_days(value) == expected


@pytest.mark.parametrize(
    ("estimated", "logged", "expected"),
    [
        (Decimal(1), Decimal("0.5"), "1.0 / 0.5 wd"),
        (Decimal("0.5"), Decimal(0), "0.5 wd"),
        (None, Decimal(0), "varies"),
        (None, Decimal("0.25"), "varies / 0.25 wd"),
    ],
)
def test_the_strip_says_each_phase_in_words(
    estimated: Decimal | None, logged: Decimal, expected: str
) -> None:
    phase = SimpleNamespace(
        number=5, short_name="Selection", estimated=estimated, logged=logged, state="now"
    )
    with translation.override("en"):
        text = portal.phase_days(phase)
        shown = draw("{% phase_strip phases %}", phases=[phase])
    assert text == expected
    assert 'aria-current="step"' in shown
    assert "5 Selection" in shown


def test_an_icon_is_silent_and_drawn_once() -> None:
    drawing = draw('{% icon "check" %}')
    assert drawing.startswith("<svg")
    assert 'aria-hidden="true"' in drawing
    assert portal.icon("check") is portal.icon("check")


def test_a_status_is_a_word_and_a_colour() -> None:
    shown = draw("{% status_badge value label %}", value=Status.NEEDS_COMPLETION, label="A < B")
    assert shown == '<span class="status status-needs_completion">A &lt; B</span>'


@pytest.mark.parametrize(("value", "full"), [(Decimal("4.4"), 4), (3.6, 4), (1, 1), (5, 5)])
def test_marks_have_as_many_full_blocks_as_the_mean_rounds_to(value: float, full: int) -> None:
    with translation.override("fi"):
        shown = draw("{% marks value %}", value=value)
    assert shown.count("class=on") == full
    assert shown.count("<i") == 5
    assert f"{value:.1f}".replace(".", ",") in shown


def test_marks_that_nobody_has_given() -> None:
    with translation.override("en"):
        assert "not yet" in draw("{% marks value %}", value=None)


class Sample(forms.Form):
    title = forms.CharField(
        label="Title", help_text="One sentence.", widget=forms.TextInput({"data-counter": 120})
    )
    outputs = forms.MultipleChoiceField(
        choices=[("a", "Concept"), ("b", "Model")], widget=forms.CheckboxSelectMultiple
    )
    size = forms.ChoiceField(choices=[("s", "Small")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Agreed")


def test_a_field_has_its_help_above_and_its_error_below() -> None:
    shown = draw("{% load crispy_forms_tags %}{{ form|crispy }}", form=Sample({}))
    label, hint, control, error = (
        shown.index(part)
        for part in ('for="id_title"', 'id="id_title_helptext"', "<input", 'id="id_title_error"')
    )
    assert label < hint < control < error
    assert 'aria-describedby="id_title_helptext id_title_error"' in shown
    assert 'class="form-control is-invalid"' in shown


def test_a_counter_starts_with_what_is_there() -> None:
    form = Sample({"title": "Seven c"})
    assert ">7/120</span>" in draw("{% counter form.title %}", form=form)
    assert draw("{% counter form.size %}", form=form) == ""


def test_many_choices_are_chips_in_a_named_group() -> None:
    shown = draw("{% load crispy_forms_tags %}{{ form.outputs|as_crispy_field }}", form=Sample())
    assert "<fieldset" in shown
    assert "<legend>" in shown
    assert shown.count('class="chip"') == 2


def test_the_error_summary_leads_to_each_control() -> None:
    with translation.override("en"):
        shown = draw('{% include "components/error_summary.html" %}', form=Sample({}))
    assert 'role="alert"' in shown
    for anchor in ("#id_title", "#div_id_outputs", "#div_id_size", "#id_agreed"):
        assert f'href="{anchor}"' in shown
    assert "4 points need your attention" in shown


def test_no_error_summary_without_errors() -> None:
    assert draw('{% include "components/error_summary.html" %}', form=Sample()).strip() == ""


class Plain:
    def __init__(self, name: str) -> None:
        self.name = name

    def render(self) -> str:
        return f"{self.name} {translation.get_language()}"


def test_a_fixed_part_is_drawn_once_in_each_language(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(portal, "get_template", Plain)
    portal._drawn.cache_clear()
    for language in ("fi", "sv", "fi"):
        with translation.override(language):
            drawn.append(draw('{% fixed "footer" %}'))
    kept = portal._drawn.cache_info().currsize
    portal._drawn.cache_clear()
    assert drawn == ["footer fi", "footer sv", "footer fi"]
    assert kept == 2


@pytest.mark.parametrize("language", ["fi", "en"])
@pytest.mark.parametrize(
    "tag",
    [
        '{% translate "Rounds" %}',
        '{% translate "50% of <b>this</b> & that" %}',
        '{% translate "%(name)s" %}',
        '{% translate "Rounds" as said %}<{{ said }}>',
        '{% translate "Rounds"|upper noop %}',
        '{% translate "Overview" context "page of a round" %}',
        "{% translate words %}",
    ],
)
def test_words_are_translated_as_django_does(tag: str, language: str) -> None:
    with translation.override(language):
        assert draw(tag, words="<b>") == draw("{% load i18n %}" + tag, words="<b>")


class Choice(forms.Form):
    one = forms.ChoiceField(
        choices=[("a", "A & B"), ("<", "C")], widget=forms.RadioSelect, initial="<"
    )
    many = forms.MultipleChoiceField(
        choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple, initial=["b"]
    )


@pytest.mark.parametrize("name", ["one", "many"])
def test_inputs_of_choices_say_what_djangos_own_say(name: str) -> None:
    drawn = draw("{% control field %}", field=Choice()[name])
    for box in Choice()[name]:
        if name == "one":
            box.data["attrs"]["class"] = "form-check-input"
        assertInHTML(box.tag(), drawn)
    assert drawn.count("checked") == 1
    assert drawn.count("<input") == 2
