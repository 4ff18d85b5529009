"""What deserves a look, each in words."""

import datetime as dt
from typing import Any

import pytest

from minno_portal import clock
from organisations.models import Organisation, User
from rounds.challenges.models import Challenge, Revision
from rounds.planning.models import Round
from rounds.selection.assessing.models import Assignment, Recusal
from rounds.selection.board_flags import Flag
from rounds.selection.enums import StandsAside
from tests.rounds.selection.board.conftest import Look, Mark
from tests.rounds.selection.conftest import MakeChallenge


def flags(response: Any, index: int = 0) -> dict[Flag, str]:
    notes = response.context["board"].rows[index].notes
    page = response.content.decode()
    assert all(f'data-flag="{note.flag.value}"' in page for note in notes)
    return {note.flag: note.text for note in notes}


def ask(challenge: Challenge, person: User) -> None:
    Assignment.objects.create(challenge=challenge, assessor=person, assigned_by=person)


def earlier_round(round_: Round, years: int) -> Round:
    """Copy the round to some years before."""
    earlier = Round.objects.get(pk=round_.pk)
    dates = [
        field.attname
        for field in Round._meta.fields
        if isinstance(getattr(earlier, field.attname), dt.date) and field.name != "created_at"
    ]
    for name in dates:
        setattr(earlier, name, getattr(earlier, name) - dt.timedelta(days=365 * years))
    earlier.pk, earlier.year = None, round_.year - years
    earlier.slug = f"minno-1-{earlier.year}"
    earlier.save()
    return earlier


def test_how_many_of_those_asked_have_assessed(
    submitted: MakeChallenge, look: Look, mark: Mark, coordinator: User, second_staff: User
) -> None:
    challenge = submitted()
    ask(challenge, coordinator)
    ask(challenge, second_staff)
    mark(challenge, coordinator, 4)
    row = look(coordinator).context["board"].rows[0]
    assert (row.asked, row.awaited, row.lacks) == (2, 1, ["institution"])
    assert "1" in flags(look(coordinator))[Flag.UNASSESSED]
    Recusal.objects.create(challenge=challenge, user=second_staff, kind=StandsAside.ABSTAINS)
    row = look(coordinator).context["board"].rows[0]
    assert (row.asked, row.awaited) == (1, 0)


def test_a_declared_conflict_is_told_by_name_and_its_marks_do_not_count(
    submitted: MakeChallenge, look: Look, mark: Mark, coordinator: User, staff: User
) -> None:
    challenge = submitted()
    mark(challenge, coordinator, 4)
    mark(challenge, staff, 2)
    assert Flag.CONFLICT not in flags(look(coordinator))
    Recusal.objects.create(challenge=challenge, user=staff, kind=StandsAside.CONFLICT)
    response = look(coordinator)
    assert staff.name in flags(response)[Flag.CONFLICT]
    assert response.context["board"].rows[0].institution.mean is None
    mine = look(staff).context["board"].rows[0]
    assert (mine.can_assess, mine.stands_aside, mine.sees_marks) == (False, True, True)


def test_changed_since_assessed(
    submitted: MakeChallenge, look: Look, mark: Mark, coordinator: User, staff: User
) -> None:
    challenge = submitted()
    Revision.objects.create(challenge=challenge, number=1, content={})
    mark(challenge, coordinator, 4, version=1)
    mark(challenge, staff, 4, version=1)
    assert Flag.CHANGED not in flags(look(coordinator))
    Revision.objects.create(challenge=challenge, number=2, content={})
    row = look(coordinator).context["board"].rows[0]
    assert (row.outdated, row.mine_is_outdated) == (2, True)
    assert "Katso uudelleen" in look(coordinator).content.decode()
    assert Flag.CHANGED in flags(look(coordinator))


@pytest.mark.parametrize(("years", "is_lately"), [(1, True), (3, False)])
def test_the_same_organisation_chosen_lately(
    call_round: Round,
    association: Organisation,
    submitted: MakeChallenge,
    look: Look,
    coordinator: User,
    years: int,
    is_lately: bool,
) -> None:
    past = earlier_round(call_round, years)
    submitted(
        round=past,
        reference=f"X-{years}",
        status="completed",
        decided_at=past.call_closes_at,
        decided_by=coordinator,
        announced_at=past.call_closes_at,
    )
    submitted()
    response = look(coordinator)
    assert (Flag.CHOSEN_LATELY in flags(response)) is is_lately
    row = response.context["board"].rows[0]
    assert row.chosen_lately == (past.code if is_lately else "")
    assert row.is_newcomer is False


def test_parties_that_see_it_differently(
    submitted: MakeChallenge, look: Look, mark: Mark, coordinator: User, staff: User
) -> None:
    challenge = submitted()
    mark(challenge, coordinator, 5)
    mark(challenge, staff, 2)
    assert Flag.DISPUTED in flags(look(coordinator))


def test_a_refusal_without_its_reason(
    submitted: MakeChallenge, look: Look, coordinator: User
) -> None:
    submitted(status="reserve", decided_by=coordinator, decided_at=clock.now())
    assert list(flags(look(coordinator))) == [Flag.NO_REASON]
