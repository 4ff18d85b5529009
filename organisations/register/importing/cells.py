"""From a cell's text to a value of the register, or a sentence that says what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db.models import Model
from django.utils.translation import gettext as _

from minno_portal.spreadsheets import without_guard
from organisations.people.enums import Language
from organisations.people.forms import normal_phone
from organisations.register.importing.areas import AreaNames
from organisations.register.importing.fields import Field, column_of, plain
from organisations.register.models import Contact, Organisation, normal_business_id
from organisations.register.naming import name_key, one_line

LANGUAGES = {
    word: language
    for language, words in {
        Language.FI: "fi, suomi, suomeksi, suomenkielinen, finska, på finska, finnish, fin",
        Language.SV: "sv, ruotsi, ruotsiksi, ruotsinkielinen, svenska, på svenska, swedish, swe",
        Language.EN: "en, englanti, englanniksi, engelska, på engelska, english, eng",
    }.items()
    for word in words.split(", ")
}
YES = frozenset(("kyllä", "k", "x", "1", "ja", "yes", "y", "true", "tosi", "on", "joo", "sant"))
NO = frozenset(("ei", "e", "0", "nej", "n", "no", "false", "epätosi", "-", "falskt"))

_SHEET_ERROR = re.compile(r"^#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|PUUTTUU!|ARVO!|VIITTAUS!)$")
_KEPT_BY: tuple[tuple[type[Model], tuple[Field, ...]], ...] = (
    (Organisation, (Field.NAME, Field.SHORT_NAME, Field.WEBSITE)),
    (
        Contact,
        (Field.CONTACT_NAME, Field.CONTACT_EMAIL, Field.CONTACT_PHONE, Field.CONTACT_TASK),
    ),
)
_LONGEST: dict[Field, int] = {
    each: getattr(model._meta.get_field(column_of(each)), "max_length")  # noqa: B009, SLF001
    for model, fields in _KEPT_BY
    for each in fields
}


class Reader:
    """Reads cells; knows the areas, so that the database is asked once a table."""

    def __init__(self) -> None:
        self.areas = AreaNames()
        self._ways: dict[Field, Callable[[str], Any]] = {
            Field.NAME: _name,
            Field.BUSINESS_ID: normal_business_id,
            Field.LANGUAGE: _language,
            Field.AREAS: self.areas.read,
            Field.NATIONAL: _yes_or_no,
            Field.WEBSITE: _website,
            Field.MEMBER: _yes_or_no,
            Field.NO_MAIL: _yes_or_no,
            Field.CONTACT_EMAIL: _email,
            Field.CONTACT_PHONE: normal_phone,
            Field.CONTACT_LANGUAGE: _language,
            Field.CONTACT_NO_MAIL: _yes_or_no,
        }

    def read(self, field: Field, cell: str) -> Any:
        """Return the value of a cell that is not empty.

        :raises ValidationError: with a sentence for the person, when it cannot be one.
        """
        text = without_guard(cell)
        if _SHEET_ERROR.match(text):
            raise ValidationError(_("The cell holds an error of the spreadsheet program."))
        value = self._ways.get(field, one_line)(text)
        most = _LONGEST.get(field)
        if most is not None and len(value) > most:
            sentence = _("Too long: %(length)d characters, at most %(most)d fit.")
            raise ValidationError(sentence % {"length": len(value), "most": most})
        return value


def _name(text: str) -> str:
    if not name_key(text):
        raise ValidationError(_("A name has letters or digits."))
    return one_line(text)


def _language(text: str) -> str:
    try:
        return LANGUAGES[plain(text)].value
    except KeyError:
        raise ValidationError(_("Write Finnish, Swedish or English.")) from None


def _yes_or_no(text: str) -> bool:
    word = plain(text) or text.strip()
    if word not in YES | NO:
        raise ValidationError(_("Write yes or no."))
    return word in YES


def _website(text: str) -> str:
    address = text if "://" in text else f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        raise ValidationError(
            _("Check the address of the website, for example https://example.org.")
        ) from None
    return address


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise ValidationError(
            _("Check the e-mail address, for example first.last@example.org.")
        ) from None
    return text.lower()
