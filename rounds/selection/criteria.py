"""The five criteria every round begins with, in three languages.

They are kept as rows of the round, so their texts stand here in full instead of in the catalogues:
a round keeps the words its assessors read, even when these change.
"""

from __future__ import annotations

from dataclasses import dataclass

from rounds.planning.models import Round
from rounds.selection.assessing import anchors
from rounds.selection.models import Criterion

LANGUAGES = ("fi", "sv", "en")
TEXTS = ("name", "description")


@dataclass(frozen=True, slots=True)
class CriterionTemplate:
    """One criterion: its weight, and name and description by language (fi, sv, en)."""

    weight: int
    names: tuple[str, str, str]
    descriptions: tuple[str, str, str]


CRITERIA: tuple[CriterionTemplate, ...] = (
    CriterionTemplate(
        3,
        (
            "Todellinen tarve ja merkitys",
            "Verkligt behov och betydelse",
            "Real need and importance",
        ),
        (
            "Onko ongelma kohderyhmälle todellinen ja tärkeä, ja näkyykö se tekstistä?",
            "Är problemet verkligt och viktigt för målgruppen, och framgår det av texten?",
            "Is the problem real and important to the target group, and does the text show it?",
        ),
    ),
    CriterionTemplate(
        2,
        ("Selkeys", "Tydlighet", "Clarity"),
        (
            "Ymmärtääkö alaa tuntematon opiskelija, mitä ratkaistaan ja kenelle?",
            "Förstår en studerande som inte känner branschen vad som ska lösas och för vem?",
            "Would a student new to the field understand what is to be solved, and for whom?",
        ),
    ),
    CriterionTemplate(
        2,
        (
            "Järjestön tuki tiimille",
            "Organisationens stöd till teamet",
            "The association's support",
        ),
        (
            "Onko yhdyshenkilöllä aikaa, ja saako tiimi aineistoa ja yhteyden kohderyhmään?",
            "Har kontaktpersonen tid, och får teamet material och kontakt med målgruppen?",
            (
                "Does the contact person have time, and does the team get material and "
                "a way to the target group?"
            ),
        ),
    ),
    CriterionTemplate(
        3,
        ("Sopivuus MINNO-projektiksi", "Lämplighet som MINNO-projekt", "Fit for a MINNO project"),
        (
            (
                "Onko siinä uutta keksittävää eikä rutiinityötä, ja ehtiikö viiden hengen "
                "tiimi sen seitsemässä viikossa?"
            ),
            (
                "Finns det något nytt att hitta på, inte bara rutinarbete, och hinner ett team på "
                "fem med det på sju veckor?"
            ),
            (
                "Is there something new to invent, not just routine work, and can a team of five "
                "do it in seven weeks?"
            ),
        ),
    ),
    CriterionTemplate(
        2,
        ("Rahoitusmahdollisuudet", "Finansieringsmöjligheter", "Funding potential"),
        (
            "Voiko tuloksesta syntyä hankeaihio, jolle on sopiva rahoittaja?",
            "Kan resultatet bli en projektidé som det finns en lämplig finansiär för?",
            "Could the result grow into a project idea that a funder would suit?",
        ),
    ),
)


def add_default_criteria(round_: Round) -> list[Criterion]:
    """Give a new round the five criteria, in their order."""
    return Criterion.objects.bulk_create(
        [
            Criterion(
                round=round_,
                position=position,
                weight=template.weight,
                anchors={code: list(texts) for code, texts in meaning.items()},
                **_texts(template),
            )
            for position, (template, meaning) in enumerate(
                zip(CRITERIA, anchors.DEFAULTS, strict=True), 1
            )
        ]
    )


def copy_criteria(source: Round, round_: Round) -> list[Criterion]:
    """Give a new round the criteria of an earlier one, with weights and every language's texts."""
    fields = ("weight", "anchors", *(f"{text}_{code}" for text in TEXTS for code in LANGUAGES))
    return Criterion.objects.bulk_create(
        [
            Criterion(round=round_, position=position, **values)
            for position, values in enumerate(source.criteria.values(*fields), 1)
        ]
    )


def _texts(template: CriterionTemplate) -> dict[str, str]:
    texts = {}
    for index, language in enumerate(LANGUAGES):
        texts[f"name_{language}"] = template.names[index]
        texts[f"description_{language}"] = template.descriptions[index]
    return texts
