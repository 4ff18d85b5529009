"""What a coordinator writes and chooses for a campaign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from minno_portal.fields import PlainTextField
from minno_portal.languages import language_name
from minno_portal.outbox.kinds import Text
from minno_portal.outbox.placeholders import problems, shown, stored
from minno_portal.outbox.rendering import LONGEST_SUBJECT, Written
from minno_portal.outbox.words import word_of
from organisations.people.enums import Language
from organisations.people.models import User
from organisations.register import past
from organisations.register.filters import EVER, LOOKS, MEMBERS, NATIONAL, NEVER, OTHERS
from organisations.register.models import County
from rounds.call.campaigns.audience import Filters
from rounds.call.campaigns.composing import ready_text
from rounds.call.campaigns.enums import Purpose, Readers
from rounds.call.campaigns.kinds import KINDS
from rounds.call.campaigns.models import FALLBACK, TEXT_LENGTH, Campaign
from rounds.planning.models import Round

_MEMBERS = (("", _("All associations")), (MEMBERS, LOOKS[MEMBERS]), (OTHERS, LOOKS[OTHERS]))


@dataclass(frozen=True, slots=True)
class LetterFields:
    """One language's part of the form; inserts are a word, what it stands for, whether it must."""

    language: str
    name: str
    subject: BoundField
    text: BoundField
    inserts: list[tuple[str, Text, bool]]


class CampaignForm(forms.Form):
    """The letter in three languages, and the filters of its readers."""

    readers = forms.ChoiceField(label=_("Who"), choices=Readers.choices)
    members = forms.ChoiceField(label=_("Membership"), choices=_MEMBERS, required=False)
    part = forms.ChoiceField(label=_("Taking part"), required=False)
    without_submitted = forms.BooleanField(
        label=_("Leave out associations that have given a challenge to this round"), required=False
    )
    languages = forms.MultipleChoiceField(
        label=_("Language of letters"),
        help_text=_("None chosen means all."),
        choices=Language.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    areas = forms.MultipleChoiceField(
        label=_("Areas"),
        help_text=_("None chosen means all."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, purpose: str, round_: Round, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purpose = purpose
        self.fields["part"].choices = _parts(user)  # type: ignore[attr-defined]
        self.fields["areas"].choices = _areas()  # type: ignore[attr-defined]
        for language in Language.values:
            self.fields[f"subject_{language}"] = _subject(language)
            self.fields[f"text_{language}"] = _text(language)

    def clean(self) -> dict[str, Any]:
        """Check each language's text for itself."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for language in Language.values:
            self._check(language)
        return cleaned

    def _check(self, language: str) -> None:
        subject_name, text_name = f"subject_{language}", f"text_{language}"
        subject = self.cleaned_data.get(subject_name)
        text = self.cleaned_data.get(text_name)
        if subject is None or text is None:
            return
        if not subject and not text and language != FALLBACK:
            return
        if not subject:
            self.add_error(subject_name, _("Write a subject."))
        if not text:
            self.add_error(text_name, _("Write the letter."))
            return
        kind = KINDS[self.purpose]
        written = Written(stored(subject, kind, language), stored(text, kind, language))
        self.cleaned_data |= {subject_name: written.subject, text_name: written.text}
        for field, sentence in problems(written, kind, language):
            self.add_error(f"{field}_{language}", sentence)

    @property
    def texts(self) -> dict[str, Written]:
        """What was written, by language."""
        data = self.cleaned_data
        return {each: Written(data[f"subject_{each}"], data[f"text_{each}"]) for each in Language}

    @property
    def filters(self) -> Filters:
        """What was chosen of the readers."""
        data = self.cleaned_data
        return Filters(
            members=data["members"],
            areas=tuple(data["areas"]),
            languages=tuple(data["languages"]),
            part=data["part"],
            readers=data["readers"],
            without_submitted=data["without_submitted"],
        )

    @property
    def letters(self) -> list[LetterFields]:
        """The fields of each language, with what can be put into its text."""
        kind = KINDS[self.purpose]
        return [
            LetterFields(
                language=each,
                name=language_name(each),
                subject=self[f"subject_{each}"],
                text=self[f"text_{each}"],
                inserts=[
                    (word_of(one.name, each), one.label, one.is_required)
                    for one in kind.every_placeholder
                ],
            )
            for each in Language.values
        ]


def first_values(purpose: str, round_: Round) -> dict[str, Any]:
    """Return what a new campaign's form is filled with: ready texts and the usual readers."""
    values: dict[str, Any] = {"readers": Readers.ALL.value}
    for language in Language.values:
        text = ready_text(purpose, round_, language)
        values |= _shown(Written(text.subject, text.text.strip()), purpose, language)
    if purpose == Purpose.LAST_WEEK:
        values["without_submitted"] = True
    return values


def values_of(campaign: Campaign) -> dict[str, Any]:
    """Return what the form of a campaign is filled with."""
    values = Filters.of(campaign.audience).as_json()
    for language in Language.values:
        subject, text = (getattr(campaign, f"{name}_{language}") for name in ("subject", "text"))
        values |= _shown(Written(subject or "", text or ""), campaign.purpose, language)
    return values


def _shown(written: Written, purpose: str, language: str) -> dict[str, str]:
    """Return the fields of a stored text, with placeholders in the words of its language."""
    kind = KINDS[purpose]
    return {
        f"subject_{language}": shown(written.subject, kind, language),
        f"text_{language}": shown(written.text, kind, language),
    }


def _subject(language: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"lang": language})
    return PlainTextField(
        label=_("Subject"), max_length=LONGEST_SUBJECT, required=False, widget=widget
    )


def _text(language: str) -> PlainTextField:
    widget = forms.Textarea(attrs={"rows": 16, "lang": language})
    return PlainTextField(
        label=_("Text of the letter"), max_length=TEXT_LENGTH, required=False, widget=widget
    )


def _parts(user: User) -> list[tuple[str, Any]]:
    of_round = _("Took part in %(occasion)s")
    return [
        ("", _("All associations")),
        (EVER, _("Has taken part")),
        (NEVER, _("Has never taken part")),
        *((key, of_round % {"occasion": name}) for key, name in past.occasions(user)),
    ]


def _areas() -> list[tuple[str, Any]]:
    counties = [(county.code, str(county)) for county in County.objects.all()]
    return [(NATIONAL, _("The whole country")), *counties]
