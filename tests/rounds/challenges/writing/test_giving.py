"""What giving in one press must not lose, keep or mix up."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from minno_portal import clock
from organisations.models import Organisation, User
from organisations.register.errors import OrganisationGone
from rounds.challenges.enums import Status
from rounds.challenges.errors import CallClosed
from rounds.challenges.models import Challenge
from rounds.challenges.services import begin_challenge, new_draft, submit_challenge
from rounds.challenges.writing.services import begin_with_text
from rounds.models import Round

TEXT = {"title": "Sama", "need": "Sama", "limits": "Ensin", "contact_phone": ""}


def begin(call_round: Round, organisation: Organisation, actor: User, **changes: Any) -> Challenge:
    return begin_with_text(
        call_round.pk,
        organisation_id=organisation.pk,
        values={**TEXT, **changes},
        language="fi",
        actor=actor,
    )


def test_a_second_press_makes_one_but_another_answer_is_not_lost(
    call_round: Round, association: Organisation, contact: User
) -> None:
    first, second = (begin(call_round, association, contact) for _ in range(2))
    other = begin(call_round, association, contact, limits="Sitten")
    shorter = begin(call_round, association, contact, limits="")
    assert first == second
    assert len({first.pk, other.pk, shorter.pk}) == 3
    assert (other.limits, shorter.limits) == ("Sitten", "")


def test_an_emptied_answer_stays_empty(
    call_round: Round, association: Organisation, contact: User
) -> None:
    contact.phone = "+358401234567"
    assert begin(call_round, association, contact).contact_phone == ""


def test_an_organisation_that_was_merged_away_is_told(
    call_round: Round, association: Organisation, contact: User
) -> None:
    assert association.pk in contact.ties.contact
    gone = Organisation.objects.get(pk=association.pk)
    Organisation.objects.filter(pk=association.pk).delete()
    with pytest.raises(OrganisationGone):
        begin_challenge(call_round.pk, organisation_id=gone.pk, actor=contact)
    with pytest.raises(OrganisationGone):
        begin(call_round, gone, contact)
    with pytest.raises(OrganisationGone):
        new_draft(call_round.pk, gone, contact)


def test_who_pressed_in_time_is_in_time(draft: Challenge, contact: User) -> None:
    Round.objects.filter(pk=draft.round_id).update(call_closes_at=clock.now())
    with pytest.raises(CallClosed):
        submit_challenge(draft.pk, accepted_terms=True, actor=contact)
    pressed_at = clock.now() - dt.timedelta(seconds=5)
    given = submit_challenge(draft.pk, accepted_terms=True, actor=contact, pressed_at=pressed_at)
    assert (given.status, given.submitted_at) == (Status.SUBMITTED, pressed_at)
