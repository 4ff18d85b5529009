"""What the History tab tells of letters, taking part, feedback and looking again."""

from __future__ import annotations

import pytest
from django.utils import translation

from organisations.models import User
from rounds.challenges.content import snapshot
from rounds.challenges.helping.history.sources import looking_at
from rounds.challenges.helping.history.telling import history_of
from rounds.challenges.models import Challenge
from rounds.selection import services
from rounds.selection.criteria import add_default_criteria
from tests.rounds.selection.deciding.conftest import Decided


def words(challenge: Challenge, user: User) -> list[str]:
    """Return the lines, newest first, in English."""
    challenge.refresh_from_db()
    with translation.override("en"):
        entries = history_of(looking_at(challenge, user))
        return [str(line.text) for entry in entries for line in entry.lines]


@pytest.fixture
def chosen(agreed: Decided) -> Challenge:
    """A challenge that was chosen; nobody has been told."""
    return agreed()


def edit(challenge: Challenge, email: str, text: str, actor: User) -> None:
    decision = challenge.decisions.get()
    services.edit_letter(decision.pk, email=email, subject="Otsikko", text=text, actor=actor)


def test_edited_letters_are_told_of_to_the_parties(
    chosen: Challenge, coordinator: User, staff: User, contact: User
) -> None:
    before = words(chosen, contact)
    edited = f"Edited the letter to {contact.email}"
    edit(chosen, contact.email, "Oma teksti", coordinator)
    edit(chosen, contact.email, "Oma teksti", coordinator)
    assert words(chosen, staff).count(edited) == 1, "saving the same again is no edit"
    edit(chosen, contact.email, "Toinen teksti", coordinator)
    services.reset_letter(chosen.decisions.get().pk, email=contact.email, actor=coordinator)
    assert words(chosen, staff)[:3] == [
        f"Took back the edits to the letter to {contact.email}",
        edited,
        edited,
    ]
    assert words(chosen, contact) == before, "nothing has been told"


def test_what_follows_telling_is_told_to_all(
    chosen: Challenge, coordinator: User, staff: User, contact: User
) -> None:
    services.announce_decisions(chosen.round_id, actor=coordinator)
    services.confirm_participation(chosen.pk, actor=contact)
    services.wish_feedback(chosen.pk, question="Miksi?", actor=contact)
    services.answer_wish(chosen.pk, answer="Siksi", actor=coordinator)
    services.send_correction(chosen.pk, text="Kello on yhdeksän", actor=coordinator)
    for user in (coordinator, staff, contact):
        told = words(chosen, user)
        assert told[:4] == [
            "Sent a correction",
            "Gave feedback",
            "Asked for feedback",
            "Confirmed that the association takes part",
        ]
        asked = [line for line in told if line.startswith("Asked the association to say by ")]
        assert len(asked) == 1
        assert asked[0].endswith(" that it takes part")


def test_looking_again_is_told_to_the_parties(
    submitted_twice: Challenge, coordinator: User, staff: User, contact: User
) -> None:
    challenge = submitted_twice
    criteria = add_default_criteria(challenge.round)
    marks = {"scores": {each.pk: 3 for each in criteria}, "comment": "", "done": True}
    services.save_assessment(challenge.pk, **marks, read=1, actor=staff)
    services.let_stand(challenge.pk, actor=staff)
    services.save_assessment(challenge.pk, **marks, actor=staff)
    assert words(challenge, coordinator)[:3] == [
        "Assessed the challenge again",
        "Looked at the changed text: the assessment holds",
        "Assessed the challenge",
    ]
    assert not any("ssess" in line for line in words(challenge, contact))


@pytest.fixture
def submitted_twice(submitted: Decided) -> Challenge:
    challenge = submitted()
    for number in (1, 2):
        challenge.revisions.create(number=number, content=snapshot(challenge))
    return challenge
