"""A person without a mouse: gets everywhere by Tab, arrows, Space and Enter, as far as it shows."""

from __future__ import annotations

from tests.journeys.visitor import Visitor

# Further than this nobody should have to go.
MOST_STEPS = 80
SECONDS = 20
# Whether what has the focus is the wanted thing, and whether a person sees that it has.
IS_HERE = """wanted => {
  const here = document.activeElement;
  return here !== null && here.matches(wanted);
}"""
SHOWS_FOCUS = """() => {
  const here = document.activeElement;
  const style = getComputedStyle(here);
  const box = here.getBoundingClientRect();
  return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
    && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
}"""


class Keyboard:
    """The keys of one visitor."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page = visitor.page

    def skip_to_main(self) -> None:
        """Take the page's first link, past the top bar."""
        self.go_to("[class^=skip-]")
        self.page.keyboard.press("Enter")

    def go_to(self, selector: str) -> None:
        """Press Tab until what `selector` names has the focus, and see that it shows."""
        for _ in range(MOST_STEPS):
            if self.page.evaluate(IS_HERE, selector):
                break
            self.page.keyboard.press("Tab")
        else:
            raise AssertionError(f"{selector} is not reached on {self.page.url}")
        # The page may still be scrolling there.
        self.page.wait_for_function(SHOWS_FOCUS, timeout=SECONDS * 1000)

    def press(self, selector: str) -> None:
        """Go to a link or button, press it, and look at the page that follows."""
        self.go_to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.visitor.look()
        # A form sent from below the skip link leaves the next page's reader there, too.
        if not self.page.url.endswith("#main"):
            self.skip_to_main()

    def choose(self, name: str, value: str) -> None:
        """Choose one of the radio buttons of a name: to the group by Tab, within it by arrows."""
        self.go_to(f"input[type=radio][name='{name}']")
        self.page.keyboard.press("Space")
        wanted = f"input[name='{name}'][value='{value}']"
        for _ in range(MOST_STEPS):
            if self.page.evaluate(IS_HERE, wanted):
                break
            self.page.keyboard.press("ArrowDown")
        assert self.page.locator(wanted).is_checked(), f"{name} is not {value}"

    def write(self, name: str, text: str) -> None:
        """Go to a field and type."""
        self.go_to(f"[name='{name}']")
        self.page.keyboard.type(text)
