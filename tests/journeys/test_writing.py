"""Writing a challenge in Chromium: how much it costs a newcomer, and that nothing typed is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from minno_portal import clock
from minno_portal.outbox.models import Letter
from organisations.models import User
from rounds.challenges.enums import Status
from rounds.challenges.services import save_section
from rounds.models import Challenge, Round
from tests.journeys.counting import Counter
from tests.journeys.visitor import CODE, Visitor
from tests.workers import wait_until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("reference_data", "private_queue"),
]

MakeVisitor = Callable[..., Visitor]
MOST_PAGES, MOST_INPUTS = 6, 16
PASTE = ("pitkä teksti " * 770).strip()  # ten thousand characters
TEXTS = {
    "title": "Yksinäisyyden varhainen tunnistaminen kotikäynneillä",
    "summary": "Vapaaehtoisemme tapaavat viikoittain 600 iäkästä.",
    "need": "Käyntejä tekee 210 vapaaehtoista, eikä heillä ole yhteistä tapaa kysyä.",
    "change_sought": "Yksinäisyys tunnistetaan ajoissa.",
    "target_group": "Yksin asuvat yli 75-vuotiaat",
}


def code_for(email: str) -> str:
    """Read the sign-in code from the outbox: sending has journeys of its own."""
    letters = Letter.objects.filter(kind="sign-in-code", recipient=email).order_by("pk")
    found = CODE.search(wait_until(letters.last, what="no letter").text)
    assert found
    return found[1]


def saved_by_itself(page: Page) -> None:
    """Wait until the page says that it has saved."""
    expect(page.locator("#save-state")).to_contain_text("klo")


def given(email: str) -> Challenge:
    """Return the challenge that was given, with what is to be true of it."""
    challenge = Challenge.objects.get()
    assert challenge.status == Status.SUBMITTED
    assert {name: getattr(challenge, name) for name in TEXTS} == TEXTS
    assert challenge.contact_email == email
    return challenge


def give(counter: Counter) -> None:
    """Go from the landing page to the receipt, filling what has to be filled."""
    visitor = counter.visitor
    visitor.open("/")
    counter.press("Suggest a challenge", within="main")
    visitor.picture("form")
    counter.fill(**TEXTS, support_hours="2")
    counter.tick(("hoped_outputs", "concept"), "is_national")
    counter.press("Sign in and submit")
    counter.fill(email=visitor.email)
    counter.press("Send me a code")
    counter.fill(code=code_for(visitor.email))
    counter.press("Sign in", within="main")
    counter.fill(name="Kotikäyntiyhdistys ry", contact_name="Maija M.")
    counter.tick("accepts_terms")
    counter.press("Submit the challenge")
    visitor.picture("receipt")
    visitor.sees(given(visitor.email).reference)


WAYS: dict[str, dict[str, Any]] = {
    "newcomer": {},
    "newcomer at 360 px": {"width": 360},
    "newcomer without JavaScript": {"java_script_enabled": False},
}


@pytest.mark.parametrize("way", WAYS)
def test_a_newcomer_from_the_landing_page_to_the_receipt(
    visitor: MakeVisitor, call_round: Round, way: str
) -> None:
    newcomer = visitor("uusi@example.org", **WAYS[way])
    if "JavaScript" in way:
        newcomer.look = lambda: None  # type: ignore[method-assign]  # axe is a script
    counter = Counter(newcomer, way)
    give(counter)
    width = newcomer.page.evaluate("() => document.documentElement.scrollWidth")
    assert width <= WAYS[way].get("width", 1280)
    counter.report(pages=MOST_PAGES, inputs=MOST_INPUTS)


class Keyboard:
    """Somebody without a mouse: walks with Tab, types, presses Space and Enter."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.page = counter.visitor.page

    def hit(self, key: str) -> None:
        self.counter.cost.keystrokes += 1
        self.page.keyboard.press(key)

    def to(self, selector: str) -> None:
        """Walk on until the focus stands on what `selector` names."""
        for _step in range(150):
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            self.hit("Tab")
        raise AssertionError(f"Tab does not reach {selector} on {self.page.url}")

    def write(self, selector: str, text: str) -> None:
        self.to(selector)
        self.counter.cost.keystrokes += len(text)
        self.page.keyboard.type(text)

    def enter(self, selector: str) -> None:
        """Press what `selector` names, and wait for the page that follows."""
        self.to(selector)
        self.counter.look()
        with self.page.expect_navigation():
            self.hit("Enter")
        self.counter.visitor.look()


def test_a_newcomer_by_keyboard_alone(visitor: MakeVisitor, call_round: Round) -> None:
    newcomer = visitor("uusi@example.org")
    counter = Counter(newcomer, "newcomer by keyboard alone")
    keys = Keyboard(counter)
    newcomer.open("/")
    keys.enter("main a[href*='/challenges/new/']")
    for name, text in TEXTS.items():
        keys.write(f"[name={name}]", text)
    keys.to("[name=hoped_outputs][value=concept]")
    keys.hit("Space")
    keys.write("[name=support_hours]", "2")
    keys.to("[name=is_national]")
    keys.hit("Space")
    keys.enter("button[value=finish]")
    keys.write("[name=email]", newcomer.email)
    keys.enter("main button[type=submit]")
    keys.write("[name=code]", code_for(newcomer.email))
    keys.enter("main button[type=submit]")
    keys.write("[name=name]", "Kotikäyntiyhdistys ry")
    keys.write("[name=contact_name]", "Maija M.")
    keys.to("[name=accepts_terms]")
    keys.hit("Space")
    keys.enter("button[value=submit]")
    newcomer.sees(given(newcomer.email).reference)
    counter.report(pages=MOST_PAGES, inputs=MOST_INPUTS)


# --- Nothing typed is lost ------------------------------------------------------------------------


@pytest.fixture
def writer(visitor: MakeVisitor, contact: User, draft: Challenge) -> Visitor:
    """A contact person at the section “challenge” of a draft."""
    # A name that is no word of the interface.
    User.objects.filter(pk=contact.pk).update(name="Kerttu K.")
    person = visitor(contact.email)
    person.enter(contact)
    person.open(f"/challenges/{draft.pk}/edit/challenge/")
    return person


def sign_in(person: Visitor) -> None:
    letters = Letter.objects.filter(kind="sign-in-code", recipient=person.email)
    before = letters.count()
    person.fill(email=person.email)
    person.press("Send me a code")
    wait_until(lambda: letters.count() > before, what="no letter")
    person.fill(code=code_for(person.email))
    person.press("Sign in", within="main")


def stored(draft: Challenge, field: str, value: str) -> None:
    """Wait until the draft has `value`."""
    wait_until(
        lambda: Challenge.objects.values_list(field, flat=True).get(pk=draft.pk) == value,
        what=f"{field} was not saved",
    )


def test_it_saves_by_itself_and_tells_the_time(writer: Visitor, draft: Challenge) -> None:
    writer.fill(title="Tallentuu itsestään")
    stored(draft, "title", "Tallentuu itsestään")
    saved_by_itself(writer.page)
    writer.fill(title="Tallentuu toisenkin kerran")
    stored(draft, "title", "Tallentuu toisenkin kerran")
    writer.press("Continue")
    assert writer.page.url.endswith("/edit/team/")


def test_the_deadline_passes_mid_typing(
    writer: Visitor, draft: Challenge, call_round: Round
) -> None:
    writer.fill(title="Ehdin melkein")
    Round.objects.update(call_closes_at=clock.now() - dt.timedelta(seconds=1))
    stored(draft, "title", "Ehdin melkein")
    writer.fill(need="Kirjoitan vielä tämän")
    writer.press("Save now")
    expect(writer.page.locator("main .notice-due").first).to_be_visible()
    draft.refresh_from_db()
    assert draft.need == "Kirjoitan vielä tämän"


def test_the_deadline_passes_before_a_newcomer_signs_in(
    visitor: MakeVisitor, call_round: Round
) -> None:
    newcomer = visitor("uusi@example.org")
    newcomer.open(f"/challenges/new/{call_round.slug}/")
    newcomer.fill(**TEXTS)
    Round.objects.update(call_closes_at=clock.now() - dt.timedelta(seconds=1))
    newcomer.press("Sign in and submit")
    sign_in(newcomer)
    newcomer.fill(name="Kotikäyntiyhdistys ry", contact_name="Maija M.")
    newcomer.press("Save as a draft")
    draft = Challenge.objects.get()
    assert {name: getattr(draft, name) for name in TEXTS} == TEXTS
    assert draft.status == Status.DRAFT


def sign_out_elsewhere(writer: Visitor) -> None:
    """Sign out in another tab of the same browser."""
    other = writer.page.context.new_page()
    other.goto("/accounts/logout/")
    other.locator("main form button").click()
    other.wait_for_url("**/")
    other.close()


def test_signed_out_mid_typing_with_a_button(writer: Visitor, draft: Challenge) -> None:
    sign_out_elsewhere(writer)
    writer.page.locator("[name=title]").fill("Kirjauduin ulos välillä")
    writer.press("Continue")
    sign_in(writer)
    assert writer.page.locator("[name=title]").input_value() == "Kirjauduin ulos välillä"
    writer.reads("This text is not saved yet")
    writer.press("Save now")
    stored(draft, "title", "Kirjauduin ulos välillä")


def test_signed_out_mid_typing_the_page_says_so(writer: Visitor, draft: Challenge) -> None:
    sign_out_elsewhere(writer)
    writer.page.locator("[name=title]").fill("Kirjauduin ulos välillä")
    link = writer.page.locator("#save-state a")
    expect(link).to_be_visible()
    writer.complaints.clear()  # Chromium reports the answer 401
    with writer.page.expect_navigation():
        link.click()
    sign_in(writer)
    assert writer.page.locator("[name=title]").input_value() == "Kirjauduin ulos välillä"


def test_signed_in_again_in_another_tab_the_text_is_saved(
    writer: Visitor, draft: Challenge
) -> None:
    page = writer.page
    sign_out_elsewhere(writer)
    writer.page = page.context.new_page()
    writer.open("/accounts/login/code/")
    sign_in(writer)
    writer.page.close()
    writer.page = page
    writer.fill(title="Sama istunto toisessa välilehdessä")
    stored(draft, "title", "Sama istunto toisessa välilehdessä")


def test_two_tabs_show_both_texts(writer: Visitor, draft: Challenge, colleague: User) -> None:
    values = {"title": "Toisen välilehden otsikko", "need": "Kollegan tarve"}
    save_section(draft.pk, section="challenge", values=values, version=1, actor=colleague)
    writer.page.locator("[name=title]").fill("Minun otsikkoni")
    conflict = writer.page.locator("[data-conflict-place] [role=alert]")
    expect(conflict).to_contain_text("Toisen välilehden otsikko")
    expect(conflict).to_contain_text("Minun otsikkoni")
    assert writer.page.locator("[name=need]").input_value() == "Kollegan tarve"
    writer.complaints.clear()  # Chromium reports the answer 409
    writer.look()
    writer.press("Keep my text")
    stored(draft, "title", "Minun otsikkoni")
    stored(draft, "need", "Kollegan tarve")


def test_two_tabs_the_other_text_can_be_taken(
    writer: Visitor, draft: Challenge, colleague: User
) -> None:
    values = {"title": "Toisen välilehden otsikko"}
    save_section(draft.pk, section="challenge", values=values, version=1, actor=colleague)
    writer.fill(title="Minun otsikkoni", need="Minun tarpeeni")
    expect(writer.page.locator("[data-conflict-place] [role=alert]")).to_be_visible()
    writer.complaints.clear()
    writer.press("Take the other text")
    stored(draft, "title", "Toisen välilehden otsikko")
    stored(draft, "need", "Minun tarpeeni")


def test_a_paste_of_ten_thousand_characters(writer: Visitor, draft: Challenge) -> None:
    writer.fill(title="Otsikko tallentuu silti", summary=PASTE)
    assert len(PASTE) > 10_000
    stored(draft, "title", "Otsikko tallentuu silti")
    writer.page.locator("[name=need]").focus()
    summary = writer.page.locator("#div_id_summary")
    expect(summary.locator(".invalid-feedback")).to_be_visible()
    assert writer.page.locator("[name=summary]").input_value() == PASTE
    writer.page.reload()
    assert writer.page.locator("[name=summary]").input_value() == PASTE
    writer.fill(summary="Lyhyempi")
    stored(draft, "summary", "Lyhyempi")
    expect(summary.locator(".invalid-feedback")).to_have_count(0)


def test_without_a_connection_the_text_waits_on_the_device(
    writer: Visitor, draft: Challenge
) -> None:
    context = writer.page.context
    context.set_offline(True)
    writer.fill(title="Kirjoitin junassa")
    expect(writer.page.locator("#save-state.is-amiss")).to_be_visible()
    keys = "() => Object.keys(localStorage).filter(key => key.startsWith('minno-text:'))"
    assert len(writer.page.evaluate(keys)) == 1
    context.set_offline(False)
    stored(draft, "title", "Kirjoitin junassa")
    wait_until(lambda: not writer.page.evaluate(keys), what="the copy stays on the device")
    writer.complaints.clear()


def test_a_window_closed_without_a_connection_gives_the_text_back(
    writer: Visitor, draft: Challenge
) -> None:
    context = writer.page.context
    context.set_offline(True)
    writer.fill(title="Kirjoitin junassa")
    expect(writer.page.locator("#save-state.is-amiss")).to_be_visible()
    writer.page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(f"/challenges/{draft.pk}/edit/challenge/")
    assert again.locator("[name=title]").input_value() == draft.title
    expect(again.locator("[data-local-copy]")).to_contain_text("Kirjoitin junassa")
    again.locator("[data-local-take]").click()
    stored(draft, "title", "Kirjoitin junassa")
