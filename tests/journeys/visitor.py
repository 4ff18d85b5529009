"""A person at a browser: presses what can be read, and looks at every page critically."""

from __future__ import annotations

import os
import re
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.utils.translation import gettext, ngettext, override
from playwright.sync_api import ConsoleMessage, Page

from organisations.models import User
from tests.journeys.untranslated import foreign_texts
from tests.workers import MailSink, wait_until

CODE = re.compile(r"^\s*([A-Z0-9]{3}-?[A-Z0-9]{3})\s*$", re.MULTILINE)
LINK = re.compile(r"https?://\S+")
# The same page in each language, as the links of the top bar say.
LANGUAGES = "links => Object.fromEntries(links.map(link => [link.hreflang, link.href]))"


class Visitor:
    """One person with one window.

    Texts to press are named by their English msgid and looked up in the person's language, so the
    journey presses exactly what the page says.
    """

    def __init__(self, page: Page, mail: MailSink, email: str, language: str, home: str) -> None:
        self.page = page
        self.mail = mail
        self.email = email
        self.language = language
        self.home = home
        self.seen: dict[str, dict[str, str]] = {}
        self.complaints: list[str] = []
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "favicon" not in message.text:
            self.complaints.append(f"{self.page.url}: {message.text}")

    # --- Words ------------------------------------------------------------------------------------

    def say(self, msgid: str, plural: str = "", count: int = 1, **values: Any) -> str:
        """Return a text of the interface in this person's language."""
        with override(self.language):
            text = ngettext(msgid, plural, count) if plural else gettext(msgid)
        if plural:
            values["count"] = count
        return text % values if values else text

    # --- Hands ------------------------------------------------------------------------------------

    def open(self, address: str) -> None:
        """Open an address and look at the page."""
        response = self.page.goto(address)
        assert response is not None
        assert response.status == 200, f"{address} answered {response.status}"
        self.look()

    def press(self, msgid: str, *, within: str = "body", nth: int = 0, **values: Any) -> None:
        """Press the button or link that says this, and look at the page that follows."""
        name = self.say(msgid, **values)
        self.press_text(name, within=within, nth=nth)

    def press_text(self, name: str, *, within: str = "body", nth: int = 0) -> None:
        """Press what says exactly `name`, perhaps followed by what it is about."""
        escaped = re.escape(name).replace("/", ".")
        words = re.compile(rf"^\s*{escaped}\s*(:.*)?$", re.DOTALL)
        place = self.page.locator(within)
        button = place.get_by_role("button", name=words)
        link = place.get_by_role("link", name=words)
        with self.page.expect_navigation():
            button.or_(link).nth(nth).click()
        self.look()

    def fill(self, **values: str) -> None:
        """Type into fields by their names."""
        for name, value in values.items():
            self.page.locator(f"[name={name}]:not([type=hidden])").first.fill(value)

    def tick(self, *names_and_values: tuple[str, str] | str) -> None:
        """Tick boxes and radio buttons by name, or by name and value.

        With the space bar: where a page still moves, a click may land beside the box.
        """
        for item in names_and_values:
            name, value = item if isinstance(item, tuple) else (item, "")
            chosen = f"[value='{value}']" if value else ""
            box = self.page.locator(f"input[name='{name}']{chosen}").first
            if not box.is_checked():
                box.press("Space")
            assert box.is_checked(), f"{name} {value} is not ticked"

    def reads(self, msgid: str, **values: Any) -> None:
        """Expect to read this on the page."""
        text = self.say(msgid, **values)
        self.sees(text)

    def sees(self, text: str) -> None:
        """Expect `text` somewhere on the page."""
        body = self.page.locator("body").inner_text()
        assert text in body, f"{text!r} is not on {self.page.url}:\n{body[:3000]}"

    # --- Eyes -------------------------------------------------------------------------------------

    def look(self) -> None:
        """Check the page: accessible, in one language, no word of the machine."""
        path = self.page.url
        if path in self.seen:
            return
        self.seen[path] = self.page.locator("a[hreflang]").evaluate_all(LANGUAGES)
        assert not self.complaints, self.complaints
        found = Axe().run(self.page)
        assert found.violations_count == 0, f"{path}:\n{found.generate_report()}"
        # Axe itself tries inline styles, which the policy rightly refuses.
        self.complaints.clear()
        self.check_language(self.language)

    def check_language(self, language: str) -> None:
        """Expect no text of the interface in another language than the page's."""
        foreign = foreign_texts(self.page, language)
        assert not foreign, f"{self.page.url} ({language}): {foreign}"

    def picture(self, name: str, *, showing: str = "main") -> None:
        """Keep what is in sight, when the guide's pictures are being taken (`make pictures`).

        :param showing: a selector of what the page draws by itself, to be waited for.
        """
        if folder := os.environ.get("PICTURES_FOLDER"):
            self.page.locator(showing).first.wait_for()
            self.page.wait_for_load_state("networkidle")
            self.page.screenshot(path=Path(folder) / f"{name}.png", animations="disabled")

    def look_in(self, language: str) -> None:
        """Open every page seen so far in another language and look at it."""
        for address in [languages[language] for languages in self.seen.values() if languages]:
            answer = self.page.goto(address, wait_until="domcontentloaded")
            # What was seen once may be no page to open by now: the sign-in page leads on.
            if answer and answer.ok and not answer.request.redirected_from:
                assert self.page.locator("html").get_attribute("lang") == language, address
                self.check_language(language)

    # --- Post -------------------------------------------------------------------------------------

    def letter(self, number: int = -1, *, after: int = 0) -> EmailMessage:
        """Wait for a letter to this person and return it.

        :param number: which of the letters; the last one when not told.
        :param after: how many letters there were before the awaited one.
        """
        wait_until(lambda: self.letters() > after, what=f"no letter to {self.email}")
        return self.mail.to(self.email)[number]

    def letters(self) -> int:
        """Return how many letters have arrived."""
        return len(self.mail.to(self.email))

    def link_in_letter(self, *, after: int = 0, containing: str = "/") -> str:
        """Return the address in the awaited letter's text."""
        text = plain_text(self.letter(after=after))
        return next(link for link in LINK.findall(text) if containing in link)

    def enter(self, user: User) -> None:
        """Be signed in at once: signing in has journeys of its own."""
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value, "url": self.home}
        self.page.context.add_cookies([cookie])  # type: ignore[list-item]

    def sign_in(self, *, here: bool = False) -> None:
        """Sign in with the code that comes by mail; `here` when the page already asks for it."""
        if not here:
            self.open("/accounts/login/code/")
        before = self.letters()
        self.fill(email=self.email)
        self.press("Send me a code")
        code = CODE.search(plain_text(self.letter(after=before)))
        assert code, "no code in the letter"
        self.fill(code=code[1])
        self.press("Sign in", within="main")


def plain_text(letter: EmailMessage) -> str:
    """Return the text part of a letter."""
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
