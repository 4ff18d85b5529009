"""Short phrases that a reason to the applicant can start from, in the challenge's language.

They are a beginning: a "no" must say something of its own, which the services see to.
"""

from __future__ import annotations

from collections.abc import Mapping

from rounds.selection.enums import Outcome

PHRASES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    Outcome.CONFIRMED: {
        "fi": (
            "Haaste on selvä ja rajattu, ja tarve on todellinen.",
            "Annatte tiimille hyvin aikaa ja aineistoa, joten työ pääsee heti alkuun.",
            "Ratkaisusta on hyötyä myös muille järjestöille.",
            "Haaste sopii hyvin opiskelijatiimin seitsemään viikkoon.",
        ),
        "sv": (
            "Utmaningen är tydlig och avgränsad, och behovet är verkligt.",
            "Ni ger teamet gott om tid och material, så arbetet kommer i gång genast.",
            "Lösningen är till nytta också för andra organisationer.",
            "Utmaningen passar bra för ett studentteams sju veckor.",
        ),
        "en": (
            "The challenge is clear and well limited, and the need is real.",
            "You give the team plenty of time and material, so the work can start at once.",
            "The solution will be of use to other associations as well.",
            "The challenge fits the seven weeks of a student team well.",
        ),
    },
    Outcome.RESERVE: {
        "fi": (
            "Haaste on hyvä, mutta kierroksen paikat täyttyivät.",
            "Haaste kiinnosti molempia osapuolia. Jos paikka vapautuu, olette mukana.",
            "Aihe on tärkeä, mutta sitä kannattaa vielä rajata ennen aloitusta.",
        ),
        "sv": (
            "Utmaningen är bra, men omgångens platser blev fulla.",
            "Utmaningen intresserade båda parterna. Om en plats blir ledig är ni med.",
            "Ämnet är viktigt, men det lönar sig att avgränsa det före starten.",
        ),
        "en": (
            "The challenge is good, but the places of the round were filled.",
            "The challenge interested both parties. If a place becomes free, you are in.",
            "The subject is important, but it is worth limiting it further before the start.",
        ),
    },
    Outcome.NOT_SELECTED: {
        "fi": (
            "Haasteessa oli paljon hyvää, mutta paikat menivät tarkemmin rajatuille haasteille.",
            "Haaste on laajempi kuin opiskelijatiimi ehtii ratkaista seitsemässä viikossa.",
            "Ratkaisu näyttää olevan jo tiedossa, joten uudelle ideoinnille jää vähän tilaa.",
            "Tarve jäi meille vielä epäselväksi: kenen arjessa se näkyy ja miten?",
        ),
        "sv": (
            "Utmaningen hade mycket gott, men platserna gick till mer avgränsade utmaningar.",
            "Utmaningen är större än vad ett studentteam hinner lösa på sju veckor.",
            "Lösningen verkar redan vara känd, så det finns lite utrymme för nya idéer.",
            "Behovet förblev oklart för oss: i vems vardag syns det och hur?",
        ),
        "en": (
            "There was much good in the challenge, but the places went to better defined ones.",
            "The challenge is larger than a student team can solve in seven weeks.",
            "The solution seems to be known already, which leaves little room for new ideas.",
            "The need remained unclear to us: in whose everyday life does it show, and how?",
        ),
    },
}


def phrases_for(outcome: str, language: str) -> tuple[str, ...]:
    """Return the phrases of an outcome in a language, the Finnish ones where it has none."""
    by_language = PHRASES.get(outcome, {})
    return by_language.get(language) or by_language.get("fi", ())


def phrase(outcome: str, language: str, number: object) -> str:
    """Return the phrase that a button names, counted from 1; empty for anything else."""
    text = str(number)
    known = phrases_for(outcome, language)
    if not (text.isascii() and text.isdigit() and len(text) == 1):
        return ""
    return known[int(text) - 1] if 1 <= int(text) <= len(known) else ""


def with_phrase(reason: str, added: str) -> str:
    """Return a reason with a phrase after what has been written already."""
    return f"{reason.rstrip()}\n{added}" if reason.strip() else added


def is_unedited(reason: str, outcome: str) -> bool:
    """Tell whether a reason is nothing but ready phrases of its outcome, in any language."""
    left = plain = _plain(reason)
    for phrases in PHRASES.get(outcome, {}).values():
        for each in phrases:
            left = left.replace(_plain(each), "")
    return bool(plain) and not left.strip()


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
