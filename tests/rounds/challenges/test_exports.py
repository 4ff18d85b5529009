"""A person's own data has their challenges, versions and comments, and nobody else's."""

from __future__ import annotations

from organisations.models import User
from organisations.people.exports import data_of
from rounds.challenges.enums import Visibility
from rounds.challenges.models import Challenge
from rounds.challenges.services import add_comment


def test_ones_own_and_nothing_else(
    submitted: Challenge, contact: User, other_contact: User
) -> None:
    add_comment(submitted.pk, body="Oma", visibility=Visibility.ASSOCIATION, actor=contact)

    mine = data_of(contact)
    assert [each["reference"] for each in mine["challenges"]] == [submitted.reference]
    assert mine["submitted_versions"][0]["number"] == 1
    assert [each["body"] for each in mine["comments"]] == ["Oma"]

    others = data_of(other_contact)
    assert others["challenges"] == others["submitted_versions"] == others["comments"] == []
