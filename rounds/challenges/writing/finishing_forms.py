"""What the last page before the receipt asks, and what is still missing on the one before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.forms import BoundField
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from organisations.access import SignedInRequest
from organisations.register.forms import JoiningForm
from organisations.register.models import Organisation
from rounds.challenges.content import missing_points
from rounds.challenges.errors import Missing
from rounds.challenges.forms import BeginForm, SubmitForm
from rounds.challenges.progress import MissingHere
from rounds.challenges.section_forms import SectionForm, section_form
from rounds.challenges.sections import form_of
from rounds.challenges.writing.kept import Kept
from rounds.challenges.writing.services import Newcomer
from rounds.challenges.writing.whole import CONTACT, WholeForm, content_of, unsaved
from rounds.planning.models import Round


class OwnOrganisationForm(JoiningForm):
    """Asks for a newcomer's association; its language is the page's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["language"]
        name = self.fields["name"]
        name.error_messages["required"] = _("Write the name of your organisation.")


class FinishingForm:
    """The page as if it were one form: organisation, contact person, terms.

    :param submits: whether the challenge is given now, which the terms are for, or left a draft.
    """

    def __init__(
        self, request: SignedInRequest, round_: Round, kept: Kept, *, submits: bool
    ) -> None:
        data = request.POST if request.method == "POST" else None
        self.round = round_
        self.whole = WholeForm(round_, kept.language, kept.data)
        self.organisations = Organisation.objects.filter(pk__in=request.user.ties.writing)
        self.organisation = (
            BeginForm(data, organisations=self.organisations)
            if self.organisations
            else OwnOrganisationForm(data)
        )
        self.contact = _contact_form(request, round_, kept.language)
        self.terms = SubmitForm(data)
        self.submits = submits
        # What cannot be mended on this page.
        self.elsewhere: list[MissingHere] = []
        self._sort_out(is_pressed=data is not None)

    def __iter__(self) -> Iterator[BoundField]:
        return (field for form in self._asked for field in form)

    @property
    def _asked(self) -> list[Any]:
        return [self.organisation, self.contact, *([self.terms] if self.submits else [])]

    @property
    def errors(self) -> dict[str, Any]:
        """What is wrong on this page, by field."""
        return {name: wrong for form in self._asked for name, wrong in form.errors.items()}

    @property
    def non_field_errors(self) -> list[Any]:
        """What is wrong as a whole."""
        return [wrong for form in self._asked for wrong in form.non_field_errors()]

    def is_valid(self) -> bool:
        """Whether what was pressed can be done."""
        return not self.errors and not self.elsewhere

    @property
    def values(self) -> dict[str, Any]:
        """The clean values of every section."""
        return {**self.whole.values, **self.contact.values}

    @property
    def chosen_organisation(self) -> int | Newcomer:
        """Whose challenge it is, for the service."""
        typed = self.organisation.cleaned_data
        if self.organisations:
            return int(typed["organisation"].pk)
        language = get_language() or "fi"
        return Newcomer(typed["name"], typed["business_id"], language, typed["chosen"])

    @property
    def content(self) -> dict[str, Any]:
        """All that is typed, here and on the page before."""
        values = self.contact.values if self.contact.is_bound else {}
        contact = content_of(self.contact.instance, values)
        own = {name: contact.get(name) for name in form_of(self.round).by_key[CONTACT].fields}
        return {**self.whole.content, **own}

    def _sort_out(self, *, is_pressed: bool) -> None:
        """Tell what is missing: of this page at its field once pressed, the rest in a list."""
        page = reverse("challenge-new", args=[self.round.slug])
        for name, wrong in self.whole.errors.items():
            field = next(field for field in self.whole if field.name == name)
            sentence = f"{field.label}: {' '.join(map(str, wrong))}"
            self.elsewhere.append(MissingHere(sentence, f"{page}#div_id_{name}"))
        if self.contact.is_bound:
            self.contact.is_valid()
        for point in self._missing():
            if point.section == CONTACT and point.field in self.contact.fields:
                if is_pressed and point.field not in self.contact.errors:
                    self.contact.add_error(point.field, str(point.sentence))
            else:
                self.elsewhere.append(MissingHere(point.sentence, f"{page}#div_id_{point.field}"))

    def _missing(self) -> list[Missing]:
        return missing_points(self.content, self.round) if self.submits else []


def _contact_form(request: SignedInRequest, round_: Round, language: str) -> SectionForm:
    """Return the section about the contact person, begun with who has signed in."""
    user = request.user
    challenge = unsaved(round_, language)
    challenge.contact_name = user.name
    challenge.contact_email = user.email
    challenge.contact_phone = user.phone
    form = section_form(challenge, CONTACT, request.POST if request.method == "POST" else None)
    del form.fields["version"]
    return form
