"""Opening a new round in Chromium: what it costs a coordinator, with the mouse and without."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from minno_portal import clock
from minno_portal.workdays import working_day_from
from organisations.models import Partnership, User
from rounds.models import Round
from rounds.planning.calendar import lay_out
from rounds.planning.services import create_round, set_intro
from tests.journeys.counting import Counter
from tests.journeys.visitor import Visitor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("reference_data"),
]

MakeVisitor = Callable[..., Visitor]
# A known system for calls takes twelve pages.
MOST_PAGES, MOST_INPUTS = 4, 4
FAR_ENOUGH = 60


def next_kickoff() -> dt.date:
    """Return a working day in some months whose number is no month: no browser mixes them up."""
    day = working_day_from(clock.today() + dt.timedelta(weeks=16))
    while day.day <= 12:
        day = working_day_from(day + dt.timedelta(days=1))
    return day


@pytest.fixture
def earlier(partnership: Partnership, coordinator: User) -> Round:
    """The round before, with a text and a form of its own."""
    kickoff = clock.today() - dt.timedelta(weeks=20)
    made = create_round(
        partnership.pk,
        number=9,
        year=kickoff.year,
        form="day",
        kickoff_on=kickoff,
        capacity=3,
        actor=coordinator,
    )
    texts = {"fi": "Etsimme haasteita.", "sv": "Vi söker utmaningar.", "en": "We look for them."}
    set_intro(made.pk, texts=texts, actor=coordinator)
    return made


@pytest.fixture
def signed_in(visitor: MakeVisitor, coordinator: User) -> MakeVisitor:
    """Make the coordinator's window: signing in has journeys of its own."""
    # A name that is no word of the interface in any language.
    User.objects.filter(pk=coordinator.pk).update(name="Kaisa K.")

    def make(**options: Any) -> Visitor:
        found = visitor(coordinator.email, **options)
        found.enter(coordinator)
        return found

    return make


def check(made: Round, earlier: Round, kickoff: dt.date, stranger: Visitor) -> None:
    """The round is a public copy of the earlier one, laid out around the kick-off."""
    earlier.refresh_from_db()
    assert made.is_published
    assert made.copied_from == earlier
    assert made.intro_sv == earlier.intro_sv
    assert made.capacity == 3
    assert made.criteria.count() == earlier.criteria.count() == 5
    laid = lay_out("day", kickoff).as_fields()
    assert {name: getattr(made, name) for name in laid} == laid
    stranger.open(f"/rounds/{made.slug}/")
    stranger.sees("Etsimme haasteita.")


def open_a_copy(counter: Counter, kickoff: dt.date) -> Round:
    """From the first page to a public round, as the pages say it."""
    coordinator = counter.visitor
    coordinator.open("/desk/")
    counter.press("Open a new round")
    counter.fill(kickoff_on=kickoff.isoformat())
    coordinator.picture("new-round", showing=".day-list")
    counter.press("Lay out the round")
    made = Round.objects.latest("pk")
    counter.press("Publish round %(code)s", within="#publish", code=made.code)
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("width", [1280, 360])
def test_a_copy_is_public_in_four_pages(
    signed_in: MakeVisitor, visitor: MakeVisitor, earlier: Round, width: int
) -> None:
    coordinator, kickoff = signed_in(width=width), next_kickoff()
    counter = Counter(coordinator, f"a new round as a copy, {width} px")
    made = open_a_copy(counter, kickoff)
    check(made, earlier, kickoff, visitor())
    counter.report(pages=MOST_PAGES, inputs=MOST_INPUTS)


def test_the_calendar_is_in_sight_before_anything_is_made(
    signed_in: MakeVisitor, earlier: Round
) -> None:
    coordinator = signed_in()
    coordinator.open("/manage/rounds/new/")
    page = coordinator.page
    page.locator("[name=kickoff_on]").fill(next_kickoff().isoformat())
    page.keyboard.press("Tab")
    expect(page.locator("#preview .day-list li")).to_have_count(10)
    page.locator("[name=form][value=evening]").check(force=True)
    expect(page.locator("#preview .day-list li").nth(7)).to_contain_text("T+12")
    assert Round.objects.count() == 1


def test_without_javascript(signed_in: MakeVisitor, visitor: MakeVisitor, earlier: Round) -> None:
    coordinator, kickoff = signed_in(java_script_enabled=False), next_kickoff()
    page = coordinator.page
    page.goto("/manage/rounds/new/")
    page.locator("[name=kickoff_on]").fill(kickoff.isoformat())
    page.locator("button[name=preview]").click()
    assert page.locator("#preview .day-list li").count() == 10
    page.locator("main form button.btn-primary").click()
    page.locator("#publish button.btn-primary").click()
    check(Round.objects.latest("pk"), earlier, kickoff, visitor())


# --- By keyboard alone ------------------------------------------------------------------------


class Keyboard:
    """Goes from place to place with Tab, presses with Enter, and counts the keys."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, key: str) -> None:
        """Press a key."""
        self.page.keyboard.press(key)
        self.pressed += 1

    def go_to(self, place: Locator) -> None:
        """Press Tab until the place has the focus; somebody who cannot reach it is stuck."""
        target = place.first.element_handle()
        for _ in range(FAR_ENOUGH):
            if self.page.evaluate("one => document.activeElement === one", target):
                return
            self.press("Tab")
        raise AssertionError(f"the keyboard does not reach {place}")

    def enter(self, place: Locator) -> None:
        """Go to a link or a button and open what it leads to."""
        self.go_to(place)
        with self.page.expect_navigation():
            self.press("Enter")

    def type_day(self, place: Locator, day: dt.date) -> None:
        """Type a day into the browser's own field, in the order that the browser asks for."""
        for order in ("%m%d%Y", "%d%m%Y"):
            self.go_to(place)
            text = day.strftime(order)
            self.page.keyboard.type(text)
            self.pressed += len(text)
            if place.input_value() == day.isoformat():
                return
            for _ in range(2):
                self.press("Shift+Tab")
        raise AssertionError("the day cannot be typed")


def test_by_keyboard_alone(signed_in: MakeVisitor, visitor: MakeVisitor, earlier: Round) -> None:
    coordinator, kickoff = signed_in(), next_kickoff()
    page, keyboard = coordinator.page, Keyboard(coordinator.page)
    counter = Counter(coordinator, "a new round as a copy, by keyboard alone")
    coordinator.open("/desk/")
    counter.look()
    keyboard.enter(page.locator("main a[href$='/manage/rounds/new/']"))
    counter.look()
    keyboard.type_day(page.locator("[name=kickoff_on]"), kickoff)
    keyboard.enter(page.locator("main form .btn-primary"))
    counter.look()
    keyboard.enter(page.locator("#publish .btn-primary"))
    counter.cost.keystrokes = keyboard.pressed
    check(Round.objects.latest("pk"), earlier, kickoff, visitor())
    counter.report(pages=MOST_PAGES, inputs=MOST_INPUTS)


def test_the_kickoff_is_moved_by_keyboard_alone(
    signed_in: MakeVisitor, partnership: Partnership, coordinator: User
) -> None:
    kickoff = next_kickoff()
    made = create_round(
        partnership.pk,
        number=1,
        year=kickoff.year,
        form="day",
        kickoff_on=kickoff,
        actor=coordinator,
    )
    visitor = signed_in()
    page, keyboard = visitor.page, Keyboard(visitor.page)
    visitor.open(f"/manage/rounds/{made.slug}/calendar/")
    later = working_day_from(kickoff + dt.timedelta(weeks=2))
    while later.day <= 12:
        later = working_day_from(later + dt.timedelta(days=1))
    keyboard.go_to(page.locator("a[href='#move']"))
    keyboard.press("Enter")
    keyboard.type_day(page.locator("#move-kickoff"), later)
    keyboard.enter(page.locator("#move button"))
    visitor.look()
    keyboard.enter(page.locator("#moves .btn-primary"))
    visitor.look()
    made.refresh_from_db()
    assert made.kickoff_on == later
    assert made.fest_on == lay_out("day", later).fest_on
