"""Decisions of the sample year: one told ahead, a letter edited, a wish for feedback."""

from __future__ import annotations

from demo.crew import Crew
from demo.year import DAY, at
from minno_portal import clock
from rounds.challenges.models import Challenge
from rounds.selection.deciding.letters import decision_letters
from rounds.selection.models import Decision
from rounds.selection.services import (
    announce_decisions,
    confirm_participation,
    edit_letter,
    wish_feedback,
    write_reason,
)

REASON = (
    "Tarve on todellinen ja rajattu, ja annatte tiimille hyvin aikaa. Kerromme tämän teille jo "
    "nyt, jotta voitte varata aloituksen kalenteriinne."
)
ADDED = "PS. Soitan ensi viikolla, niin katsotaan yhdessä, miten aineistoa voisi rajata."
QUESTION = "Miten saisimme haasteesta sellaisen, että se sopisi innovaatioprojektiksi?"


def tell_ahead(crew: Crew, challenge: Challenge) -> None:
    """Tell one chosen association before the others; it has not confirmed yet."""
    write_reason(challenge.pk, reason=REASON, internal_note="", actor=crew.coordinator)
    decision = challenge.decisions.get(superseded_at=None)
    announce_decisions(challenge.round_id, decisions=[decision.pk], actor=crew.coordinator)


def edit_a_letter(crew: Crew, challenge: Challenge) -> None:
    """Add a line of the coordinator's own to a letter that has not been sent."""
    decision = Decision.objects.standing().select_related("challenge").get(challenge=challenge)
    letter = decision_letters(challenge.round, [decision])[0]
    text = letter.rendered.text.rstrip()
    sign_off = challenge.round.partnership.sign_off
    text = text.removesuffix(sign_off).rstrip() + f"\n\n{sign_off}\n\n{ADDED}"
    subject = letter.rendered.subject
    edit_letter(
        decision.pk, email=letter.to.email, subject=subject, text=text, actor=crew.coordinator
    )


def take_part(crew: Crew, giver: str, challenge: Challenge) -> None:
    """Let a chosen association confirm."""
    confirm_participation(challenge.pk, actor=crew.contacts[giver])


def ask_for_feedback(crew: Crew, giver: str, challenge: Challenge) -> None:
    """Let an association ask for feedback some days ago; it waits for its answer."""
    with at(clock.today() - 2 * DAY, 11):
        wish_feedback(challenge.pk, question=QUESTION, actor=crew.contacts[giver])
