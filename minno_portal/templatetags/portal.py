"""Template tags and filters that are at hand in every template."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

import lucide
from django import template
from django.conf import settings
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.forms.boundfield import BoundWidget
from django.forms.utils import flatatt
from django.template import Context
from django.template.loader import get_template
from django.templatetags.i18n import do_translate
from django.urls import get_script_prefix
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

from minno_portal import clock, dates, languages
from minno_portal.navigation import Navigation, Place, navigation_for

register = template.Library()

HIGHEST_MARK = 5

# --- Pictures and marks -----------------------------------------------------------------------


@lru_cache(maxsize=256)
def _svg(name: str, size: int) -> SafeString:
    drawing = lucide._render_icon(  # noqa: SLF001 (the package's tag does the same)
        name, size, **{"class": "icon", "aria-hidden": "true", "focusable": "false"}
    )
    return mark_safe(drawing)


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    """Draw a lucide icon that says nothing to a screen reader: the words beside it do."""
    return _svg(str(name), size)


@register.simple_tag
def status_badge(value: Any, label: Any) -> SafeString:
    """Show a status as word and colour; `value` is the key of a status, a stage or the like."""
    key = getattr(value, "value", value) or "none"
    return format_html('<span class="status status-{}">{}</span>', key, label)


@register.simple_tag
def address_fails(address: str, failing: Mapping[str, Any] | None) -> SafeString | str:
    """Say that an address does not work, where `failing` knows it (`addresses_that_fail`)."""
    known = (failing or {}).get((address or "").lower())
    if not known:
        return ""
    words = gettext("The address has not worked since %(day)s.") % {"day": dates.day(known.since)}
    return format_html('<span class="address-fails">{} {}</span>', icon("mail-x", 16), words)


@register.simple_tag
def marks(value: float | Decimal | None, party: str = "coordinator") -> SafeString:
    """Draw a mean score 1–5 as five blocks and its number.

    :param party: `coordinator` (pine) or `institution` (sun).
    """
    if value is None:
        return format_html('<span class="marks-none">{}</span>', gettext("not yet"))
    full = round(float(value))
    blocks = mark_safe("<i class=on></i>" * full + "<i></i>" * (HIGHEST_MARK - full))
    return format_html(
        '<span class="marks marks-{}"><span aria-hidden="true">{}</span> {}'
        '<span class="visually-hidden"> / {}</span></span>',
        party,
        blocks,
        decimal(value, 1),
        HIGHEST_MARK,
    )


@register.simple_tag
def phase_strip(phases: Sequence[Any]) -> SafeString:
    """Draw the ten phases: number, short_name, estimated, logged, state of each."""
    each = (
        '<li class="{}"{}><span class="phase-name">{} {}</span> '
        '<span class="phase-days">{}</span>{}</li>'
    )
    return format_html(
        '<ol class="phases" aria-label="{}">{}</ol>',
        gettext("The ten phases: estimated and logged working days"),
        format_html_join("", each, _phase_cells(phases)),
    )


def _phase_cells(phases: Sequence[Any]) -> Iterator[tuple[object, ...]]:
    said = '<span class="visually-hidden">{}</span>'
    words = {
        "done": format_html(said, gettext("done")),
        "now": format_html(said, gettext("now")),
    }
    here, nothing = mark_safe(' aria-current="step"'), mark_safe("")
    for phase in phases:
        current = here if phase.state == "now" else nothing
        days, word = phase_days(phase), words.get(phase.state, nothing)
        yield phase.state, current, phase.number, phase.short_name, days, word


@register.inclusion_tag("components/calendar_line.html")
def calendar_line(points: Sequence[Any]) -> dict[str, Any]:
    """Draw a round's dates as a line: label, when (text) and state (done, now, todo) of each."""
    return {"points": points}


# --- Words ------------------------------------------------------------------------------------


class Words(template.Node):
    """A `{% translate %}` of nothing but words: what Django does, without its detours.

    A page has some twenty of these, and Django's own take a tenth of its time.
    """

    def __init__(self, words: SafeString) -> None:
        self.words = words

    def render(self, context: Context) -> SafeString:
        """Return the words in the present language; they come from us and need no escaping."""
        return _said(self.words, get_language() or "")


@lru_cache(maxsize=4096)
def _said(words: str, language: str) -> SafeString:
    # makemessages doubles a sign of percent.
    return mark_safe(gettext(words.replace("%", "%%")).replace("%%", "%"))


@register.tag
def translate(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """Translate as Django does; words without a filter, a context or a name go the short way."""
    node = do_translate(parser, token)
    expression = node.filter_expression
    literal = getattr(expression.var, "literal", None)
    is_plain = not (node.noop or node.asvar or node.message_context or expression.filters)
    return Words(literal) if is_plain and isinstance(literal, SafeString) else node


# --- The page around --------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _drawn(name: str, language: str, prefix: str) -> SafeString:
    return mark_safe(get_template(name).render())


@register.simple_tag
def fixed(name: str) -> SafeString:
    """Include a template that says the same on every page: drawn once in each language.

    Such a part knows nothing of the page, the person or the database.
    """
    draw = _drawn.__wrapped__ if settings.DEBUG else _drawn
    return draw(name, get_language() or "", get_script_prefix())


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> Navigation | None:
    """Return the top bar's places, the languages and who is there; None without a request."""
    request = context.get("request")
    return navigation_for(request) if request is not None else None


@lru_cache(maxsize=512)
def _drawn_places(places: tuple[Place, ...], language: str) -> SafeString:
    return mark_safe(get_template("components/places.html").render({"places": places}))


@register.simple_tag
def top_places(nav: Navigation) -> SafeString:
    """Draw the places of the top bar, remembered: they are the same on most pages of a person."""
    draw = _drawn_places.__wrapped__ if settings.DEBUG else _drawn_places
    return draw(nav.places, get_language() or "")


# --- Dates and numbers ------------------------------------------------------------------------


def _or_empty(value: Any) -> bool:
    return value is None or value == ""


@register.filter
def language_name(code: str) -> str:
    """Return a language's name in the present language."""
    return languages.language_name(code)


@register.filter
def day(value: dt.date | None) -> str:
    """5.2.2026."""
    return "" if _or_empty(value) else dates.day(value)  # type: ignore[arg-type]


@register.filter
def weekday_day(value: dt.date | None) -> str:
    """Pe 4.12.2026."""
    return "" if _or_empty(value) else dates.weekday_day(value)  # type: ignore[arg-type]


@register.filter
def moment(value: dt.datetime | None) -> str:
    """4.12.2026 klo 16.00."""
    return "" if _or_empty(value) else dates.moment(value)  # type: ignore[arg-type]


@register.filter
def deadline(value: dt.datetime | None) -> str:
    """Pe 4.12.2026 klo 16.00."""
    return "" if _or_empty(value) else dates.deadline(value)  # type: ignore[arg-type]


@register.filter
def clock_time(value: dt.datetime | None) -> str:
    """Klo 16.00."""
    return "" if _or_empty(value) else dates.clock_time(value)  # type: ignore[arg-type]


@register.filter
def month(value: dt.date | None) -> str:
    """Huhtikuu 2027."""
    return "" if _or_empty(value) else dates.month(value)  # type: ignore[arg-type]


@register.filter
def file_size(size: int) -> str:
    """3,9 kt; 1,3 Mt: the units of the limits that stand beside the boxes."""
    kilo = size / 1024
    if kilo < 1024:  # noqa: PLR2004 (as many as that make the next unit)
        return gettext("%(size)s kB") % {"size": number_format(kilo, 1)}
    return gettext("%(size)s MB") % {"size": number_format(kilo / 1024, 1)}


@register.filter
def days_left(value: dt.date | None) -> int:
    """Whole days from today to a day or a moment, 0 when it is today or past."""
    if value is None:
        return 0
    return max((dates.local(value) - clock.today()).days, 0)


@register.filter
def days_left_text(value: dt.date | None) -> str:
    """“13 days left”, “closes today”."""
    days = days_left(value)
    if not days:
        return gettext("today")
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}


def decimal(value: float | Decimal, digits: int) -> str:
    """Return a number with the language's decimal mark."""
    text = f"{value:.{digits}f}"
    return text if get_language() == "en" else text.replace(".", ",")


@register.filter
def working_days(value: float | Decimal | None) -> str:
    """1,0 or 0,25: a second decimal only where it says something."""
    if _or_empty(value):
        return gettext("varies")
    number = round(Decimal(value), 2)  # type: ignore[arg-type]
    return decimal(number, 1 if number == round(number, 1) else 2)


@register.filter
def phase_days(phase: Any) -> str:
    """Return a phase's working days: 1,0 wd, or 1,0 / 0,5 wd with what is logged."""
    if phase.estimated is None and not phase.logged:
        return gettext("varies")
    if not phase.logged:
        return gettext("%(estimate)s wd") % {"estimate": working_days(phase.estimated)}
    return gettext("%(estimate)s / %(logged)s wd") % {
        "estimate": working_days(phase.estimated),
        "logged": working_days(phase.logged),
    }


# --- Forms ------------------------------------------------------------------------------------

_LOOKS = {"text": "form-control", "select": "form-select", "checkbox": "form-check-input"}


@register.filter
def kind_of_control(field: BoundField) -> str:
    """Which look a form's field takes: checkbox, chips, radios, select or text."""
    widget = field.field.widget
    if isinstance(widget, CheckboxSelectMultiple):
        return "chips"
    if isinstance(widget, RadioSelect):
        return "radios"
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    return "select" if isinstance(widget, Select) else "text"


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Draw a form's control in the portal's look, with its error marked."""
    kind = kind_of_control(field)
    if kind in ("chips", "radios"):
        return _choices(field, kind)
    look = [field.field.widget.attrs.get("class", ""), _LOOKS[kind]]
    if field.errors:
        look.append("is-invalid")
    return field.as_widget(attrs={"class": " ".join(filter(None, look))})


def _choices(field: BoundField, kind: str) -> SafeString:
    if kind == "chips":
        each = '<label class="chip">{}<span>{}</span></label>'
        rows = format_html_join("", each, ((_input(box), box.choice_label) for box in field))
        return format_html('<div class="chip-row">{}</div>', rows)
    each = '<div class="form-check">{}<label class="form-check-label" for="{}">{}</label></div>'
    return format_html_join("", each, _radios(field))


def _radios(field: BoundField) -> Iterator[tuple[SafeString, str, str]]:
    for radio in field:
        radio.data["attrs"]["class"] = "form-check-input"
        yield _input(radio), radio.id_for_label, radio.choice_label


def _input(choice: BoundWidget) -> SafeString:
    """Draw one of many inputs without Django's templates, which take longer than all the rest."""
    data = choice.data
    named = {"type": data["type"], "name": data["name"], "value": str(data["value"])}
    return format_html("<input{}>", flatatt({**named, **data["attrs"]}))


@register.simple_tag
def counter(field: BoundField) -> SafeString | str:
    """Show how much of a text's room is used, where its widget has `data-counter` (the room)."""
    most = field.field.widget.attrs.get("data-counter")
    if not most:
        return ""
    return format_html(
        '<span class="field-counter" data-counter-for="{}" data-most="{}">{}/{}</span>',
        field.id_for_label,
        most,
        len(field.value() or ""),
        most,
    )


@register.filter
def error_anchor(field: BoundField) -> str:
    """Return the id a link of the error summary jumps to."""
    return field.id_for_label or f"div_{field.auto_id}"
