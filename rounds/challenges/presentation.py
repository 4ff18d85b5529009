"""A challenge's content in words, for the preview, the review page and earlier versions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from organisations.people.enums import Language
from organisations.people.models import User
from organisations.register.models import County
from rounds.call.models import Fund, SpecificObjective
from rounds.call.questions.enums import Kind
from rounds.call.questions.models import OwnQuestion
from rounds.challenges.content import files_for, snapshot
from rounds.challenges.enums import EDITABLE, Field, FundingThought, Output, Status
from rounds.challenges.fields import shown_phone
from rounds.challenges.models import Challenge, Revision
from rounds.challenges.own_answers import words
from rounds.challenges.permissions import writes_for
from rounds.challenges.sections import Question, RoundForm, Section, form_of
from rounds.planning.models import Round

Shown = str | Promise
# Questions that say nothing when they are left empty, for another one answers instead.
_ONLY_WHEN_ANSWERED = frozenset({"is_national", "counties", "fund", "objective"})
# The text may differ from what was submitted last, for its association's eyes only.
_TYPED = EDITABLE | {Status.WITHDRAWN}
Show = Callable[[Any, dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One question with its answer in words; several answers are a list.

    `is_typed` tells the association's own words, in its language, from the portal's words.
    """

    question: Question
    text: Shown
    items: tuple[Shown, ...] = ()
    is_typed: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether there is anything to read."""
        return bool(self.text or self.items)


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the form with its answers."""

    section: Section
    rows: list[Row]


def parts(content: dict[str, Any], round_: Round) -> list[Part]:
    """Return `content` (see `content.snapshot`) section by section (at most three queries).

    An earlier version reads as its form was: with what was asked then, also when it has been
    taken off the form, and without what was added since.
    """
    form = form_of(round_)
    told = {**content, **_funding(content)}
    found = ((section, _rows(section, told, form)) for section in form.ever)
    return [Part(section, rows) for section, rows in found if rows]


def _rows(section: Section, content: dict[str, Any], form: RoundForm) -> list[Row]:
    rows = (
        _row(form.questions.get(question.field, question), content)
        for question in section.questions
        if question.is_file or _was_asked(question, content)
    )
    return [row for row in rows if row.is_answered or row.question.field in form.questions]


def _was_asked(question: Question, content: dict[str, Any]) -> bool:
    field = question.field
    return field in content and bool(content[field] or field not in _ONLY_WHEN_ANSWERED)


def content_for(
    user: User, challenge: Challenge, revisions: Sequence[Revision], number: int | None = None
) -> dict[str, Any]:
    """Return what `user` may read of the challenge now.

    Its association reads what it has typed while it writes; everybody else, and everybody while
    the text stands still, reads the version that was submitted last.

    :param revisions: the challenge's versions, oldest first.
    :param number: an earlier version to read instead.
    """
    earlier = next((each for each in revisions if each.number == number), None)
    is_typed = challenge.status in _TYPED and writes_for.test(user, challenge)
    if earlier is None and revisions and not is_typed:
        earlier = revisions[-1]
    return dict(earlier.content) if earlier else snapshot(challenge)


def title_for(user: User, challenge: Challenge) -> str:
    """Return the title that `user` may read: like the text, not what is half written.

    One query while something is being completed and after withdrawing, none otherwise.
    """
    if challenge.status in _TYPED and not writes_for.test(user, challenge):
        titles = challenge.revisions.order_by("-number").values_list("content__title", flat=True)
        return str(titles.first() or challenge)
    return str(challenge)


def _row(question: Question, content: dict[str, Any]) -> Row:
    value = content.get(question.field)
    if question.own is not None:
        return _own_row(question, question.own, value, content)
    show: Show = _SHOWN.get(question.field, _plain)
    text = show(value, content)
    if isinstance(text, tuple):
        return Row(question, "", text)
    return Row(question, text, is_typed=isinstance(value, str) and question.field not in _SHOWN)


def _own_row(question: Question, own: OwnQuestion, value: Any, content: dict[str, Any]) -> Row:
    if question.is_file:
        return Row(question, "", tuple(each["name"] for each in files_for(content, question)))
    text = words(own, value)
    if isinstance(text, tuple):
        return Row(question, "", text)
    return Row(question, text, is_typed=own.kind in (Kind.SHORT_TEXT, Kind.LONG_TEXT))


def _plain(value: Any, _content: dict[str, Any]) -> Shown:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return value or ""


def _phone(value: Any, _content: dict[str, Any]) -> Shown:
    return shown_phone(value)


def _hours(value: Any, _content: dict[str, Any]) -> Shown:
    if value is None:
        return ""
    number = float(value)
    return str(localize(int(number) if number.is_integer() else number))


def _labels(choices: type[TextChoices]) -> Show:
    labels = dict(choices.choices)

    def show(value: Any, _content: dict[str, Any]) -> Any:
        if isinstance(value, list):
            return tuple(labels.get(item, item) for item in value)
        return labels.get(value, value)

    return show


def _counties(value: Any, _content: dict[str, Any]) -> Any:
    return tuple(str(county) for county in County.objects.filter(pk__in=value)) if value else ""


def _funding(content: dict[str, Any]) -> dict[str, str]:
    """Return fund and objective by their names; a code that is not known any more stays itself."""
    key, code = content.get("fund"), content.get("objective")
    told: dict[str, str] = {
        name: str(content[name] or "") for name in ("fund", "objective") if name in content
    }
    if not key:
        return told
    objectives = SpecificObjective.objects.filter(fund=key, code=code).select_related("fund")
    row = objectives.first() if code else None
    fund = row.fund if row else Fund.objects.filter(pk=key).first()
    if fund:
        told["fund"] = f"{fund.code}, {fund.name}"
    if row:
        told["objective"] = f"{code} {row.name}"
    return told


def _told(value: Any, _content: dict[str, Any]) -> Shown:
    return value or ""


_SHOWN: dict[str, Show] = {
    "contact_phone": _phone,
    "support_hours": _hours,
    "hoped_outputs": _labels(Output),
    "hoped_fields": _labels(Field),
    "working_language": _labels(Language),
    "funding_thought": _labels(FundingThought),
    "counties": _counties,
    "fund": _told,
    "objective": _told,
}
