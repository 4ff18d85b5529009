"""A person's own data file: every column that leads to a person is in it, or has a reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse
from pghistory.models import Event

from organisations.models import User
from organisations.people.exports import data_of, named_columns
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection import services
from rounds.selection.criteria import add_default_criteria
from rounds.selection.services import PacketItem
from tests.rounds.selection.conftest import MakeChallenge, submitted

__all__ = ["submitted"]


def columns_with_a_person() -> Iterator[str]:
    """Yield every column that holds a person, or an address of one.

    Rows of the history are copies of rows that are looked at themselves.
    """
    for model in apps.get_models(include_auto_created=True):
        if issubclass(model, Event) or not model._meta.managed or model._meta.proxy:
            continue
        for field in model._meta.concrete_fields:
            if field.related_model is User or isinstance(field, models.EmailField):
                yield f"{model._meta.label}.{field.name}"


def test_every_column_with_a_person_is_exported_or_left_out_for_a_reason() -> None:
    assert sorted(set(columns_with_a_person()) - named_columns()) == []
    assert sorted(named_columns() - set(columns_with_a_person())) == [], "named, but not there"


def test_a_column_that_nobody_named_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("organisations.people.exports._covered", set())
    missing = set(columns_with_a_person()) - named_columns()
    assert {"rounds.Recusal.user", "rounds.Proposal.tutor_email"} <= missing


def parts_of(user: User) -> dict[str, Any]:
    """Return what is not empty, as it leaves the portal."""
    client = Client()
    client.force_login(user)
    data = json.loads(client.get(reverse("my-data")).content)
    return {name: rows for name, rows in data.items() if rows}


def test_what_the_parties_did_is_in_their_files(
    submitted: MakeChallenge,
    call_round: Round,
    coordinator: User,
    staff: User,
    contact: User,
) -> None:
    first, second = submitted(), submitted()
    criteria = add_default_criteria(call_round)
    services.assign_assessors(call_round.pk, wanted={(first.pk, staff.pk)}, actor=coordinator)
    services.save_assessment(
        first.pk,
        scores={each.pk: 4 for each in criteria},
        comment="Tärkeä",
        done=True,
        actor=staff,
    )
    services.stand_aside(second.pk, kind="abstains", note="Tuttu", actor=staff)
    items = [PacketItem(first.pk, "confirmed", "Paras"), PacketItem(second.pk, "reserve")]
    packet = services.send_packet(call_round.pk, items=items, message="Hei", actor=coordinator)
    for proposal in packet.proposals.all():
        services.answer_proposal(
            proposal.pk, answer="agree", note="", tutor_email=contact.email, actor=staff
        )
    services.write_reason(second.pk, reason="Syy", internal_note="", actor=coordinator)
    told = first.decisions.get()
    services.edit_letter(
        told.pk, email=contact.email, subject="Oma otsikko", text="Oma teksti", actor=coordinator
    )
    of_contact = json.dumps(data_of(contact), default=str)
    assert "Oma otsikko" not in of_contact
    assert "tutor" in of_contact
    assert "tutor_of" not in parts_of(contact), "it would tell of the decision"

    services.announce_decisions(call_round.pk, actor=coordinator)
    services.send_correction(first.pk, text="Kello on yhdeksän", actor=coordinator)
    services.confirm_participation(first.pk, actor=contact)
    services.wish_feedback(first.pk, question="Miksi?", actor=contact)
    services.answer_wish(first.pk, answer="Siksi", actor=coordinator)

    mine = parts_of(staff)
    assert mine["assessments"][0]["marks"] == {each.name: 4 for each in criteria}
    assert mine["asked_to_assess"][0]["challenge__reference"] == first.reference
    assert mine["standing_aside"][0]["note"] == "Tuttu"
    assert [each["answer"] for each in mine["answers"]] == ["agree", "agree"]
    assert {each["outcome"] for each in mine["decisions"]} == {"confirmed", "reserve"}

    theirs = parts_of(coordinator)
    assert theirs["asked_others_to_assess"][0]["assessor__email"] == staff.email
    assert theirs["packets_sent"][0]["message"] == "Hei"
    assert theirs["proposals"][0]["rationale"] == "Paras"
    assert theirs["letters_edited"][0]["subject"] == "Oma otsikko"
    assert theirs["corrections"][0]["text"] == "Kello on yhdeksän"
    assert theirs["feedback_given"][0]["answer"] == "Siksi"

    own = parts_of(contact)
    assert own["took_part"][0]["challenge__reference"] == first.reference
    assert own["feedback_wishes"][0]["question"] == "Miksi?"
    assert len(own["tutor_of"]) == 2
    assert "assessments" not in own
    assert Challenge.objects.count() == 2
