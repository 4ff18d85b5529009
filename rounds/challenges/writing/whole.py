"""The whole form on one page, for a challenge that has no draft yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.forms import BoundField
from django.http import QueryDict
from django.utils.functional import cached_property

from rounds.challenges.content import snapshot
from rounds.challenges.models import Challenge
from rounds.challenges.own_answers import PREFIX
from rounds.challenges.section_forms import SectionForm, section_form
from rounds.challenges.sections import form_of
from rounds.planning.models import Round

# Who can be asked is told when one has signed in.
CONTACT = "contact"


class WholeForm:
    """Every section of a round's form but the contact person's, as if it were one form.

    :param data: what was posted, None for an empty form.
    :param language: in which the association writes.
    :param lenient: whether nothing is required yet, only kept.
    """

    def __init__(
        self,
        round_: Round,
        language: str,
        data: QueryDict | None = None,
        *,
        lenient: bool = False,
    ) -> None:
        self.round = round_
        # All sections write into one challenge that is never stored.
        self.challenge = unsaved(round_, language)
        self.sections = [
            _of_page(section_form(self.challenge, section.key, data), lenient=lenient)
            for section in form_of(round_).sections
            if section.key != CONTACT
        ]

    def __iter__(self) -> Iterator[BoundField]:
        return (field for form in self.sections for field in form)

    @cached_property
    def names(self) -> list[str]:
        """The names of every field on the page."""
        return [name for form in self.sections for name in form.fields]

    @cached_property
    def errors(self) -> dict[str, Any]:
        """What is wrong, by field."""
        return {name: wrong for form in self.sections for name, wrong in form.errors.items()}

    @property
    def non_field_errors(self) -> list[Any]:
        """What is wrong with several fields together."""
        return [wrong for form in self.sections for wrong in form.non_field_errors()]

    def is_valid(self) -> bool:
        """Whether everything typed can be stored."""
        return not self.errors

    @property
    def values(self) -> dict[str, Any]:
        """The clean values, of what is right."""
        _validated = self.errors
        bound = [form for form in self.sections if form.is_bound]
        return {name: value for form in bound for name, value in form.values.items()}

    @property
    def content(self) -> dict[str, Any]:
        """What is typed as a challenge's content (see `content.snapshot`)."""
        return content_of(self.challenge, self.values)


def unsaved(round_: Round, language: str) -> Challenge:
    """Return a challenge of `round_` that is only on the page: its form needs one to begin with."""
    return Challenge(round=round_, language=language, working_language=language)


def content_of(challenge: Challenge, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content of an unsaved challenge into which forms have written `values`."""
    answers = {name: value for name, value in values.items() if name.startswith(PREFIX)}
    challenge.own_answers = {**challenge.own_answers, **answers}
    content = snapshot(challenge)
    if "counties" in values:
        content["counties"] = sorted(county.pk for county in values["counties"])
    return content


def _of_page(form: SectionForm, *, lenient: bool) -> SectionForm:
    """Leave out what is one section's alone: there is no stored version to compare with."""
    del form.fields["version"]
    if lenient:
        for field in form.fields.values():
            field.required = False
    return form
