"""The answers of a version as cells: in words, numbers as numbers, without a query an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from organisations.people.enums import Language
from organisations.register.models import County
from rounds.call.models import Fund, SpecificObjective
from rounds.challenges.content import files_for
from rounds.challenges.enums import Field, FundingThought, Output
from rounds.challenges.fields import shown_phone
from rounds.challenges.own_answers import words
from rounds.challenges.sections import Question, form_of
from rounds.planning.models import Round

Content = Mapping[str, Any]
_LABELS: dict[str, type[TextChoices]] = {
    "hoped_outputs": Output,
    "hoped_fields": Field,
    "working_language": Language,
    "funding_thought": FundingThought,
}


@dataclass(frozen=True, slots=True)
class Names:
    """What codes in the answers stand for."""

    counties: Mapping[str, str]
    funds: Mapping[str, str]
    objectives: Mapping[tuple[str, str], str]

    @classmethod
    def read(cls) -> Names:
        """Read every name (three queries)."""
        return cls(
            dict(County.objects.values_list("pk", "name")),
            dict(Fund.objects.values_list("pk", "name")),
            {
                (fund, code): f"{code} {name}"
                for fund, code, name in SpecificObjective.objects.values_list(
                    "fund", "code", "name"
                )
            },
        )


def questions_of(round_: Round) -> list[Question]:
    """Return every question that versions may answer, also those taken off the form."""
    return [question for section in form_of(round_).ever for question in section.questions]


def cell(question: Question, content: Content, names: Names) -> Any:
    """Return the answer to `question` as a cell of a spreadsheet."""
    value = content.get(question.field)
    if question.is_file:
        return ", ".join(each["name"] for each in files_for(dict(content), question))
    if question.own is not None:
        text = words(question.own, value)
        return ", ".join(text) if isinstance(text, tuple) else text
    if question.field in _LABELS:
        return _in_labels(value, dict(_LABELS[question.field].choices))
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    special = _SPECIAL.get(question.field)
    return special(value, content, names) if special else value


def _in_labels(value: Any, labels: Mapping[str, Any]) -> str:
    values = value if isinstance(value, list) else [value] if value else []
    return ", ".join(str(labels.get(each, each)) for each in values)


def _number(value: Any, _content: Content, _names: Names) -> Any:
    try:
        return Decimal(value)
    except InvalidOperation:
        return value


def _phone(value: Any, _content: Content, _names: Names) -> str:
    return shown_phone(value)


def _counties(value: Any, _content: Content, names: Names) -> str:
    return ", ".join(str(names.counties.get(code, code)) for code in value)


def _fund(value: Any, _content: Content, names: Names) -> str:
    return str(names.funds.get(value, value))


def _objective(value: Any, content: Content, names: Names) -> str:
    return str(names.objectives.get((content.get("fund") or "", value), value))


_SPECIAL: dict[str, Callable[[Any, Content, Names], Any]] = {
    "support_hours": _number,
    "contact_phone": _phone,
    "counties": _counties,
    "fund": _fund,
    "objective": _objective,
}
