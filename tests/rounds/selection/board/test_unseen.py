"""Others' marks show only after one's own, by no road of the board."""

from organisations.models import User
from rounds.planning.models import Round
from rounds.selection import services
from tests.rounds.selection.board.conftest import Look, Mark
from tests.rounds.selection.conftest import MakeChallenge


def test_marks_show_after_ones_own(
    submitted: MakeChallenge,
    look: Look,
    mark: Mark,
    coordinator: User,
    second_coordinator: User,
    staff: User,
    administrator: User,
) -> None:
    weak, strong = submitted("Heikko"), submitted("Vahva")
    for challenge, value in ((weak, 2), (strong, 5)):
        mark(challenge, coordinator, value)
        mark(challenge, second_coordinator, value - 1)
    for user in (coordinator, administrator):
        page = look(user).content.decode()
        assert ("4,5" in page, "1,5" in page) == (True, True)
    mark(weak, staff, 3)
    response = look(staff, f"pick={strong.pk}")
    rows = {row.challenge.pk: row for row in response.context["board"].rows}
    assert (rows[weak.pk].sees_marks, rows[strong.pk].sees_marks) == (True, False)
    assert rows[strong.pk].coordinator.mean is None
    assert rows[strong.pk].coordinator.count == 2
    page = response.content.decode()
    assert page.count('class="hint unseen"') == 2
    assert "4,5" not in page
    # Neither the order, the set that is tried nor the suggestions tell.
    assert [row.challenge.pk for row in response.context["board"].rows] == [weak.pk, strong.pk]
    assert response.context["sets"].trial.mean == ""
    assert all(idea.names == ["Heikko 1"] for idea in response.context["sets"].ideas)


def test_the_rounds_setting_opens_them(
    call_round: Round,
    submitted: MakeChallenge,
    look: Look,
    mark: Mark,
    coordinator: User,
    staff: User,
) -> None:
    challenge = submitted()
    mark(challenge, coordinator, 4)
    assert not look(staff).context["board"].rows[0].sees_marks
    call_round.assesses_unseen = False
    call_round.save()
    assert look(staff).context["board"].rows[0].coordinator.mean == 4


def test_the_order_moves_as_it_was_seen(
    submitted: MakeChallenge, look: Look, mark: Mark, coordinator: User, staff: User
) -> None:
    """The institution's marks would reverse the order; the coordinator does not see them yet."""
    first, second, third = submitted(), submitted(), submitted()
    for challenge, value in ((first, 1), (second, 3), (third, 5)):
        mark(challenge, staff, value)
    seen = [row.challenge.pk for row in look(coordinator).context["board"].rows]
    assert seen == [first.pk, second.pk, third.pk]
    order = services.move_in_ranking(third.pk, position=2, actor=coordinator)
    assert order == [first.pk, third.pk, second.pk]
