"""Counts what a journey costs a person: pages, inputs that must be filled, clicks, keystrokes."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from playwright.sync_api import Frame, Locator

from minno_portal.embedded import BASE_DIR
from tests.journeys.visitor import Visitor

# The names of what has to be filled on a page, several boxes of one question once.
NEEDED = """() => [...document.querySelectorAll('main [required], main [data-needed]')]
  .filter(one => one.type !== 'hidden').map(one => one.name)"""


@dataclass
class Cost:
    """What one way through the portal took."""

    journey: str
    pages: list[str] = field(default_factory=list)
    inputs: set[str] = field(default_factory=set)
    clicks: int = 0
    keystrokes: int = 0

    def told(self) -> dict[str, object]:
        """Return the figures as JSON keeps them."""
        return {
            **asdict(self),
            "pages": len(self.pages),
            "inputs": len(self.inputs),
            "fields": sorted(self.inputs),
        }


class Counter:
    """Watches a visitor: every document that opens is a page, every character a keystroke.

    A press of the mouse or of a key counts as one keystroke too.
    """

    def __init__(self, visitor: Visitor, journey: str) -> None:
        self.visitor = visitor
        self.cost = Cost(journey)
        visitor.page.on("framenavigated", self._opened)

    def _opened(self, frame: Frame) -> None:
        address = frame.url.split("#")[0]
        if frame.parent_frame is None and address.startswith("http"):
            self.cost.pages.append(address)

    def look(self) -> None:
        """Note what the present page asks for."""
        page = self.visitor.page.url.split("?")[0]
        names = self.visitor.page.evaluate(NEEDED)
        self.cost.inputs |= {f"{page.rsplit('/', 2)[-2]}: {name}" for name in names}

    def fill(self, **values: str) -> None:
        """Type into fields."""
        self.visitor.fill(**values)
        self.cost.keystrokes += sum(len(value) + 1 for value in values.values())

    def tick(self, *boxes: tuple[str, str] | str) -> None:
        """Tick boxes."""
        self.visitor.tick(*boxes)
        self._count_click(len(boxes))

    def press(self, msgid: str, **more: str) -> None:
        """Press a button or a link, having noted what its page asked for."""
        self.look()
        self._count_click()
        self.visitor.press(msgid, **more)  # type: ignore[arg-type]

    def press_text(self, name: str, *, within: str = "body") -> None:
        """Press what says exactly this."""
        self.look()
        self._count_click()
        self.visitor.press_text(name, within=within)

    def click(self, place: Locator) -> None:
        """Press what no words name."""
        self._count_click()
        place.click()

    def _count_click(self, clicks: int = 1) -> None:
        self.cost.clicks += clicks
        self.cost.keystrokes += clicks

    def report(self, **bars: int) -> Cost:
        """Print the figures, keep them for `make figures`, and hold them to their bars.

        :param bars: the most that is allowed of `pages`, `inputs` or `clicks`.
        """
        told = {**self.cost.told(), "bars": bars}
        print(json.dumps(told, ensure_ascii=False))
        _keep(told)
        over = {name: told[name] for name, most in bars.items() if int(str(told[name])) > most}
        assert not over, (over, self.cost)
        return self.cost


def _keep(told: dict[str, object]) -> None:
    """Write the figures beside those of other journeys."""
    target = Path(os.environ.get("JOURNEYS_FILE", BASE_DIR / "var" / "journeys.json"))
    known = json.loads(target.read_text(encoding="utf-8")) if target.exists() else {}
    known[str(told["journey"])] = told
    target.parent.mkdir(exist_ok=True, parents=True)
    target.write_text(json.dumps(known, ensure_ascii=False, indent=1), encoding="utf-8")
