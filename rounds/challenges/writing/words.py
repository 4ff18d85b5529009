"""What the plain-language checks know of Finnish, Swedish and English."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One language: the longest sentence that reads easily, and words by what they give away.

    Words are the beginnings of words, for Finnish and Swedish bend the ends.
    """

    longest_sentence: int
    heavy: re.Pattern[str]
    change: re.Pattern[str]
    client_named: re.Pattern[str]
    health: re.Pattern[str]


def _beginnings(*words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\w*", re.IGNORECASE)


def _named(*words: str) -> re.Pattern[str]:
    """Match a word for a client, in any letter case, and a first and a last name after it."""
    name = r"[A-ZÅÄÖ][a-zåäöéü]{1,20}"
    return re.compile(rf"\b(?i:{'|'.join(words)})\w{{0,14}},? {name} {name}\b")


WORDS = {
    "fi": Words(
        longest_sentence=22,
        heavy=_beginnings(
            "asiakaslähtöi",
            "ekosysteem",
            "fasilitoi",
            "holisti",
            "implemento",
            "integroi",
            "jalkaut",
            "kohderyhmälähtöi",
            "konseptoi",
            "monialais",
            "osallista",
            "palvelupolku",
            "palvelupolu",
            "poikkileikkaav",
            "sidosryhm",
            "synergi",
            "vaikuttavuusperusta",
            "viitekehy",
        ),
        change=_beginnings(
            "helpo",
            "kuinka",
            "lisä",
            "löytä",
            "miten",
            "muut",
            "nopeu",
            "osaa",
            "osata",
            "paran",
            "pare",
            "pysty",
            "pääs",
            "rohkai",
            "saa",
            "tunnist",
            "uskal",
            "vahvist",
            "vähen",
            "vähem",
        ),
        client_named=_named("asiaka", "asiakka", "asukas", "asukka", "jäsene", "kävijä", "potila"),
        health=_beginnings(
            "diagno", "lääkit", "masennuslääk", "sairasta", "skitsofreni", "syöpähoi"
        ),
    ),
    "sv": Words(
        longest_sentence=26,
        heavy=_beginnings(
            "ekosystem",
            "facilitera",
            "holistisk",
            "implementer",
            "integrera",
            "intressent",
            "kapacitetsbygg",
            "koncepti?fier",
            "målgruppsbaser",
            "referensram",
            "servicestig",
            "synergi",
            "tvärsektoriell",
        ),
        change=_beginnings(
            "bättre",
            "enklare",
            "fler",
            "färre",
            "förbättr",
            "förändr",
            "hitta",
            "hur",
            "kan",
            "lättare",
            "mer",
            "mindre",
            "minsk",
            "stärk",
            "snabbare",
            "våga",
            "ök",
        ),
        client_named=_named("besökar", "klient", "kund", "medlem", "patient"),
        health=_beginnings("cancerbehand", "diagnos", "lider av", "medicinering", "schizofren"),
    ),
    "en": Words(
        longest_sentence=28,
        heavy=_beginnings(
            "capacity building",
            "cross-cutting",
            "ecosystem",
            "facilitat",
            "holistic",
            "implementation",
            "leverag",
            "operationali[sz]",
            "paradigm",
            "service path",
            "stakeholder",
            "synerg",
        ),
        change=_beginnings(
            "able",
            "better",
            "can",
            "change",
            "dare",
            "easier",
            "faster",
            "fewer",
            "find",
            "how",
            "improv",
            "increas",
            "less",
            "more",
            "reduc",
            "stronger",
        ),
        client_named=_named("client", "customer", "member", "patient", "visitor"),
        health=_beginnings("cancer treatment", "diagnos", "medication", "schizophreni", "suffers"),
    ),
}

# Short names that students know, or that the form itself uses.
KNOWN_SHORT = frozenset(
    (
        "AMK",
        "CD",
        "COVID",
        "DVD",
        "EAKR",
        "ECTS",
        "ELY",
        "ESR",
        "EU",
        "GPS",
        "HTML",
        "ICT",
        "IT",
        "JTF",
        "KELA",
        "MINNO",
        "MS",
        "OK",
        "PDF",
        "PR",
        "QR",
        "SMS",
        "SOSTE",
        "STEA",
        "SUV",
        "TV",
        "UKK",
        "UN",
        "USA",
        "USB",
        "VIP",
        "VR",
        "WC",
        "WWW",
        "YK",
    )
)
# What comes after a short name, or before it, when the text explains it.
EXPLAINS = ("(", "eli ", "dvs", "det vill säga", "i.e.", "that is", "tarkoittaa", "betyder")
