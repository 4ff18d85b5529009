"""What a column of a table can hold, and the heads by which it is recognised."""

from __future__ import annotations

import re
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Field(StrEnum):
    """A piece of knowledge of an association or of its contact person."""

    NAME = "name"
    SHORT_NAME = "short_name"
    BUSINESS_ID = "business_id"
    LANGUAGE = "language"
    AREAS = "counties"
    NATIONAL = "is_national"
    WEBSITE = "website"
    MEMBER = "is_member"
    NO_MAIL = "no_mail"
    CONTACT_NAME = "contact_name"
    CONTACT_EMAIL = "contact_email"
    CONTACT_PHONE = "contact_phone"
    CONTACT_TASK = "contact_task"
    CONTACT_LANGUAGE = "contact_language"
    CONTACT_NO_MAIL = "contact_no_mail"

    @property
    def is_of_contact(self) -> bool:
        """Whether it tells of the person, not of the association."""
        return self.startswith("contact_")


def column_of(each: Field) -> str:
    """Return the model's name of the field."""
    return each.removeprefix("contact_")


LABELS: dict[Field, str | Promise] = {
    Field.NAME: _("Name of the association"),
    Field.SHORT_NAME: _("Short name"),
    Field.BUSINESS_ID: _("Business ID"),
    Field.LANGUAGE: _("Language"),
    Field.AREAS: _("Areas"),
    Field.NATIONAL: _("Works in the whole country"),
    Field.WEBSITE: _("Website"),
    Field.MEMBER: _("Member of the coordinating organisation"),
    Field.NO_MAIL: _("Association must not be mailed"),
    Field.CONTACT_NAME: _("Contact person's name"),
    Field.CONTACT_EMAIL: _("Contact person's e-mail"),
    Field.CONTACT_PHONE: _("Contact person's telephone"),
    Field.CONTACT_TASK: _("Contact person's task"),
    Field.CONTACT_LANGUAGE: _("Contact person's language"),
    Field.CONTACT_NO_MAIL: _("Contact person must not be mailed"),
}

# How people head their columns, in Finnish, Swedish and English; what the export writes included.
_HEADS: dict[Field, str] = {
    Field.NAME: (
        "nimi, järjestö, järjestön nimi, yhdistys, yhdistyksen nimi, organisaatio, "
        "organisaation nimi, namn, förening, föreningens namn, organisation, organisationens namn, "
        "name, association, name of the association, organisation name, organization"
    ),
    Field.SHORT_NAME: "lyhenne, lyhyt nimi, förkortning, kort namn, kortnamn, short name, acronym",
    Field.BUSINESS_ID: (
        "y-tunnus, ytunnus, yritystunnus, fo-nummer, fo nummer, företagsnummer, business id, "
        "business id (y-tunnus)"
    ),
    Field.LANGUAGE: "kieli, järjestön kieli, asiointikieli, språk, language",
    Field.AREAS: (
        "alue, alueet, toiminta-alue, toimialue, hyvinvointialue, hyvinvointialueet, maakunta, "
        "maakunnat, område, områden, verksamhetsområde, välfärdsområde, landskap, area, areas, "
        "region, regions, county, wellbeing services county"
    ),
    Field.NATIONAL: (
        "valtakunnallinen, koko maa, toimii koko maassa, riksomfattande, hela landet, "
        "verkar i hela landet, national, nationwide, works in the whole country"
    ),
    Field.WEBSITE: (
        "verkkosivut, verkkosivu, verkkosivusto, kotisivut, kotisivu, www, webbplats, hemsida, "
        "website, web site, url, homepage"
    ),
    Field.MEMBER: (
        "jäsen, jäsenjärjestö, on jäsen, medlem, medlemsorganisation, member, is member, "
        "member organisation"
    ),
    Field.NO_MAIL: (
        "järjestölle ei saa lähettää postia, ei postia järjestölle, markkinointikielto, "
        "ei viestejä järjestölle, organisationen får inte få post, association must not be mailed"
    ),
    Field.CONTACT_NAME: (
        "yhdyshenkilö, yhteyshenkilö, yhdyshenkilön nimi, yhteyshenkilön nimi, kontaktperson, "
        "kontaktpersonens namn, contact, contact person, contact person's name, contact name"
    ),
    Field.CONTACT_EMAIL: (
        "sähköposti, sähköpostiosoite, yhdyshenkilön sähköposti, yhteyshenkilön sähköposti, email, "
        "e-mail, e-post, epost, e-postadress, kontaktpersonens e-post, e-mail address, "
        "contact person's e-mail, contact email"
    ),
    Field.CONTACT_PHONE: (
        "puhelin, puhelinnumero, puh, yhdyshenkilön puhelin, yhteyshenkilön puhelin, telefon, "
        "telefonnummer, kontaktpersonens telefon, phone, telephone, contact person's telephone"
    ),
    Field.CONTACT_TASK: (
        "tehtävä, tehtävänimike, nimike, titteli, yhdyshenkilön tehtävä, uppgift, titel, "
        "befattning, kontaktpersonens uppgift, task, title, job title, contact person's task"
    ),
    Field.CONTACT_LANGUAGE: (
        "yhdyshenkilön kieli, yhteyshenkilön kieli, kirjeiden kieli, viestien kieli, "
        "kontaktpersonens språk, contact person's language, contact language"
    ),
    Field.CONTACT_NO_MAIL: (
        "yhdyshenkilölle ei saa lähettää postia, ei saa lähettää postia, ei postia, "
        "postituskielto, kontaktpersonen får inte få post, ingen post, no mail, "
        "must not be mailed, contact person must not be mailed"
    ),
}


def plain(text: str) -> str:
    """Return a head or a word as it is compared: small letters, single spaces, no marks."""
    return " ".join(re.sub(r"[*:.?!_’']", " ", text.casefold()).split())


_KNOWN = {plain(head): field for field, heads in _HEADS.items() for head in heads.split(", ")}


def guess(header: list[str]) -> dict[int, Field]:
    """Return the field of each column whose head is recognised; the first one of a kind wins."""
    found: dict[int, Field] = {}
    own_words = {plain(str(label)): field for field, label in LABELS.items()}
    for number, head in enumerate(header):
        field = own_words.get(plain(head)) or _KNOWN.get(plain(head))
        if field and field not in found.values():
            found[number] = field
    return found
