"""The selection's pages by the mouse where something is dragged, and by the keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from organisations.models import User
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection import services
from rounds.selection.models import Assessment, Proposal, Ranking
from tests.journeys.conftest import MakeVisitor
from tests.journeys.keyboard import Keyboard
from tests.journeys.test_selecting import board, submit_challenges
from tests.journeys.visitor import Visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("reference_data"),
]

# High enough that nothing scrolls while a row is dragged.
WHOLE_BOARD = {"width": 1280, "height": 1600}
NOTE = "Rajatkaa kohderyhmä yhteen kaupunkiin."


@pytest.fixture
def challenges(call_round: Round, contact: User) -> list[Challenge]:
    """Three challenges to be weighed."""
    return submit_challenges(call_round, 3, contact)


def entered(visitor: MakeVisitor, user: User, **options: Any) -> Visitor:
    """Return the window of somebody who is signed in."""
    user.name = "Hilkka H."
    user.save()
    found = visitor(user.email, **options)
    found.enter(user)
    return found


def order_on(page: Page) -> list[int]:
    """Return the challenges in the order of the page."""
    rows = page.locator("tr[data-row]").evaluate_all("rows => rows.map(row => row.dataset.row)")
    return [int(key) for key in rows]


def kept_order() -> list[int]:
    """Return the challenges in the order that the server keeps."""
    return list(Ranking.objects.order_by("position").values_list("challenge", flat=True))


def drag(page: Page, row: int, onto: int) -> None:
    """Drag a row by its handle to the upper edge of another one."""
    handle = page.locator("[data-handle]").nth(row).bounding_box()
    target = page.locator("tr[data-row]").nth(onto).bounding_box()
    assert handle
    assert target
    page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    page.mouse.down()
    page.mouse.move(handle["x"], target["y"] + 8, steps=6)
    page.mouse.up()


def test_a_row_is_dragged_to_its_place(
    visitor: MakeVisitor, coordinator: User, call_round: Round, challenges: list[Challenge]
) -> None:
    first, second, third = (each.pk for each in challenges)
    page = entered(visitor, coordinator, viewport=WHOLE_BOARD).page
    said = page.locator("#board-said")
    page.goto(board(call_round))
    assert order_on(page) == [first, second, third]

    drag(page, 2, onto=0)
    expect(said).to_contain_text(challenges[2].reference)
    wanted = [third, first, second]
    assert order_on(page) == kept_order() == wanted
    page.reload()
    assert order_on(page) == wanted

    drag(page, 1, onto=0)
    page.locator("[data-row]").nth(1).locator("[data-move=up]").click()
    expect(said).to_contain_text(challenges[2].reference)
    assert order_on(page) == kept_order() == wanted


def assess(keys: Keyboard, round_: Round, challenges: list[Challenge], mark: int) -> None:
    """From the board to the first challenge, to the next and back, then the marks."""
    keys.visitor.open(board(round_))
    keys.press("[data-row] .row-links a")
    keys.press("a[rel=next]")
    assert f"/{challenges[1].pk}/" in keys.page.url
    keys.press("a[rel=prev]")
    for criterion in round_.criteria.all():
        keys.choose(f"criterion_{criterion.pk}", str(mark))
    keys.write("comment", "Selkeä tarve.")
    keys.press("button[name=done]")


def answer(keys: Keyboard, round_: Round, note: str) -> None:
    """From the board to the list of proposals, to the first of them, then the answer."""
    keys.visitor.open(board(round_))
    keys.press(".page-head a.btn-primary")
    keys.press("#result_list .field-challenge a")
    keys.choose("answer", "change")
    keys.write("note", note)
    keys.press("input[type=submit]")


def test_both_parties_by_keyboard_alone(
    visitor: MakeVisitor,
    coordinator: User,
    staff: User,
    call_round: Round,
    challenges: list[Challenge],
) -> None:
    for user, mark in ((coordinator, 4), (staff, 2)):
        keys = Keyboard(entered(visitor, user))
        assess(keys, call_round, challenges, mark)
        given = Assessment.objects.get(assessor=user, done_at__isnull=False)
        assert given.challenge == challenges[0]
        assert set(given.marks.values()) == {mark}

    items = [services.PacketItem(challenges[0].pk, "confirmed", "Perustelu")]
    services.send_packet(call_round.pk, items=items, message="", actor=coordinator)
    answer(keys, call_round, NOTE)
    proposal = Proposal.objects.get()
    assert (proposal.answer, proposal.answer_note) == ("change", NOTE)
