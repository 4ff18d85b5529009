from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from minno_portal.errors import NotAllowed
from minno_portal.outbox.models import LetterText
from organisations.models import Partnership, User
from rounds.planning.calendar import lay_out
from rounds.planning.copying import luggage_of
from rounds.planning.models import Round
from rounds.planning.phases import PHASES
from rounds.planning.services import create_round
from tests.rounds.planning.conftest import MakeRound

LATER = dt.date(2027, 9, 27)


@pytest.fixture
def earlier(planned_round: Round) -> Round:
    """A round that its coordinator has made her own."""
    planned_round.intro_fi, planned_round.intro_sv = "Etsimme haasteita.", "Vi söker."
    planned_round.field_rules = {"tried": "hidden"}
    planned_round.capacity = 3
    planned_round.save()
    planned_round.phases.filter(key="shaping").update(estimated_days=Decimal("0.4"))
    criterion = planned_round.criteria.get(position=2)
    criterion.name_fi, criterion.name_sv, criterion.weight = "Oma", "Egen", 7
    criterion.save()
    planned_round.criteria.filter(position=5).delete()
    return planned_round


def test_a_copy_brings_what_the_coordinator_has_made(earlier: Round, make_round: MakeRound) -> None:
    copy = make_round(2, kickoff_on=LATER, source_id=earlier.pk)
    copy.refresh_from_db()
    assert copy.copied_from == earlier
    assert (copy.intro_fi, copy.intro_sv, copy.intro_en) == (
        earlier.intro_fi,
        earlier.intro_sv,
        earlier.intro_en,
    )
    assert (copy.capacity, copy.field_rules) == (3, {"tried": "hidden"})
    estimates = dict(copy.phases.values_list("key", "estimated_days"))
    assert estimates == dict(earlier.phases.values_list("key", "estimated_days"))
    fields = ("position", "weight", "name_fi", "name_sv", "name_en", "description_fi")
    assert list(copy.criteria.values_list(*fields)) == list(earlier.criteria.values_list(*fields))


def test_own_texts_of_letters_come_along(
    earlier: Round, make_round: MakeRound, coordinator: User
) -> None:
    LetterText.objects.create(
        owner=earlier, kind="receipt", language="sv", subject="Tack", text="{url} {receipt_url}"
    )
    assert luggage_of(earlier).letters == 1
    copy = make_round(2, kickoff_on=LATER, source_id=earlier.pk)
    assert LetterText.objects.of([copy]).get().subject == "Tack"
    LetterText.objects.of([copy]).update(subject="Annat")
    assert LetterText.objects.of([earlier]).get().subject == "Tack"


def test_dates_and_state_do_not_come_along(earlier: Round, make_round: MakeRound) -> None:
    Round.objects.update(published_at=earlier.created_at, last_reference=7)
    copy = make_round(2, kickoff_on=LATER, source_id=earlier.pk)
    assert (copy.published_at, copy.announced_at, copy.last_reference) == (None, None, 0)
    for name, value in lay_out("day", LATER).as_fields().items():
        assert getattr(copy, name) == value


def test_what_is_told_wins_over_the_source(earlier: Round, make_round: MakeRound) -> None:
    copy = make_round(2, kickoff_on=LATER, form="evening", capacity=2, source_id=earlier.pk)
    assert (copy.form, copy.capacity) == ("evening", 2)


def test_changing_the_copy_leaves_the_source(earlier: Round, make_round: MakeRound) -> None:
    copy = make_round(2, kickoff_on=LATER, source_id=earlier.pk)
    copy.field_rules["need"] = "required"
    copy.save()
    copy.criteria.all().delete()
    earlier.refresh_from_db()
    assert earlier.field_rules == {"tried": "hidden"}
    assert earlier.criteria.count() == 4


def test_without_a_source_everything_is_standard(make_round: MakeRound) -> None:
    made = make_round()
    assert (made.copied_from, made.field_rules, made.capacity) == (None, {}, 4)
    assert made.criteria.count() == 5
    assert list(made.phases.values_list("estimated_days", flat=True)) == [
        phase.estimated_days for phase in PHASES
    ]


def test_the_source_has_to_be_ones_own(
    earlier: Round, other_coordinator: User, partnership: Partnership
) -> None:
    other = Partnership.objects.get(prefix="TOINEN")
    answers = {"number": 1, "year": 2027, "form": "day", "kickoff_on": LATER}
    with pytest.raises(NotAllowed):
        create_round(other.pk, **answers, source_id=earlier.pk, actor=other_coordinator)
    assert Round.objects.count() == 1
