"""Takes the pictures of docs/pictures from the demo: `python -m dev.pictures [ADDRESS]`.

Without an address it starts a demo of its own on a folder that is thrown away. Dates follow the
present day, so the pictures differ each time: take them when the look has changed.
"""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from itertools import groupby
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from dev import system
from dev.bootstrap import ROOT
from dev.mailbox import HOST, free_port
from dev.stack import ask

TARGET = ROOT / "docs" / "pictures"
WIDTH = 1280
LARGEST_BYTES = 150_000
# Text stays sharp with few colours; the fewest are tried last.
PALETTES = (256, 128, 64, 32)
SECONDS_TO_READY = 180
SECONDS_TO_STOP = 40
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
REPORT_READY = "a[href*='/reports/'][href$='/file/']"


@dataclass(frozen=True)
class Picture:
    """A page as one of the demo's people sees it, and the way there.

    :param person: whom to become, empty for a stranger.
    :param way: an address, then links to follow (a pattern of their address) and `!` buttons to
        press (a selector).
    :param height: of the picture, in pixels.
    """

    name: str
    person: str
    way: tuple[str, ...]
    height: int


A_ROUND = r"/manage/rounds/[^/?]+-\d+/$"
LAST_ROUND = ("/manage/rounds/?stage=finished", A_ROUND)
OPEN_ROUND = ("/manage/rounds/?stage=open", A_ROUND)
SELECTION = ("/manage/rounds/?stage=selection", A_ROUND, r"/manage/rounds/[^/]+/selection/$")
LETTERS = (*OPEN_ROUND, r"/manage/rounds/[^/]+/letters/$")
CHOSEN_ROUND = ("/manage/rounds/?stage=selection", A_ROUND, r"/manage/rounds/[^/]+/challenges/$")
MAKE_REPORT = "!form[action$='/report/start/'] button"

# Journeys that keep pictures of their own on the way (`Visitor.picture`), by the widest window.
JOURNEYS = (
    "tests/journeys/test_writing.py::test_a_newcomer_from_the_landing_page_to_the_receipt[chromium-newcomer]",
    "tests/journeys/test_new_round.py::test_a_copy_is_public_in_four_pages[chromium-1280]",
)

# Those of one person stand together: each person enters once.
PICTURES = (
    Picture("landing", "", ("/",), 900),
    Picture("challenge", "association", ("/challenges/", r"/challenges/\d+/$"), 900),
    Picture("desk", "coordinator", ("/desk/",), 860),
    Picture("form-editor", "coordinator", (*OPEN_ROUND, r"/manage/rounds/[^/]+/form/$"), 900),
    Picture("challenges", "coordinator", CHOSEN_ROUND, 860),
    Picture("review", "coordinator", (*CHOSEN_ROUND, r"^/challenges/\d+/$"), 1000),
    Picture("register", "coordinator", ("/manage/organisations/",), 860),
    Picture(
        "campaign",
        "coordinator",
        (*LETTERS, r"/letters/campaigns/$", r"/letters/campaigns/\d+/$"),
        900,
    ),
    Picture("letters", "coordinator", ("/manage/letters/?look=failed",), 580),
    Picture("reminders", "coordinator", (*LETTERS, r"/letters/plan/$"), 900),
    Picture("board", "coordinator", SELECTION, 1060),
    Picture("packet", "coordinator", (*SELECTION, r"/selection/packet/$"), 1060),
    Picture("feedback", "coordinator", (*LAST_ROUND, r"/feedback/$"), 1000),
    Picture("report", "coordinator", (*LAST_ROUND, r"/report/$", MAKE_REPORT), 660),
    Picture("answer", "staff", ("/admin/rounds/proposal/", r"/proposal/\d+/change/"), 1000),
    Picture("people", "admin", ("/admin/organisations/user/",), 660),
)


def main(arguments: list[str]) -> None:
    """Take every picture from the demo at the address given, or from one of its own."""
    TARGET.mkdir(parents=True, exist_ok=True)
    if arguments:
        take_all(arguments[0].rstrip("/"))
        return
    with own_demo() as address:
        take_all(address)
    take_on_journeys()


@contextmanager
def own_demo() -> Iterator[str]:
    """Run a demo inside the block and return its address."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="minno-pictures-") as folder:
        environ = {**os.environ, "VAR_DIR": folder, "PORT": str(port)}
        for name in ("DATABASE_URL", "REDIS_URL", "EMBEDDED_DATABASE"):
            environ.pop(name, None)
        demo = subprocess.Popen([sys.executable, "-m", "dev.stack", "demo"], cwd=ROOT, env=environ)
        try:
            wait_until_ready(port, demo)
            yield f"http://{HOST}:{port}"
        finally:
            demo.send_signal(signal.SIGTERM)
            demo.wait(timeout=SECONDS_TO_STOP)


def wait_until_ready(port: int, demo: subprocess.Popen[bytes]) -> None:
    """Wait until the demo serves pages.

    :raises SystemExit: when it ends by itself or takes too long.
    """
    deadline = time.monotonic() + SECONDS_TO_READY
    while ask(port, "/healthz/ready")[0] != HTTPStatus.OK:
        if demo.poll() is not None or time.monotonic() > deadline:
            sys.exit("The demo did not start; its own words stand above.")
        time.sleep(0.2)


def take_all(address: str) -> None:
    """Take every picture from the demo at `address` and say how large each became."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=system.ensure_chromium(), args=CHROMIUM_ARGUMENTS
        )
        for person, pictures in groupby(PICTURES, key=lambda picture: picture.person):
            page = enter(browser, address, person)
            for picture in pictures:
                size = keep(picture.name, take(page, picture))
                print(f"{picture.name}.png: {size // 1000} kB", flush=True)
            page.context.close()
        browser.close()


def take_on_journeys() -> None:
    """Walk the journeys that show how one gets somewhere, and keep what they saw."""
    with tempfile.TemporaryDirectory(prefix="minno-pictures-") as folder:
        environ = {
            **os.environ,
            "VAR_DIR": folder,
            "PICTURES_FOLDER": folder,
            "CHROMIUM_PATH": str(system.ensure_chromium()),
        }
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *JOURNEYS]
        subprocess.run(command, cwd=ROOT, env=environ, check=True)
        for taken in sorted(Path(folder).glob("*.png")):
            print(f"{taken.name}: {keep(taken.stem, taken.read_bytes()) // 1000} kB", flush=True)


def enter(browser: Browser, address: str, person: str) -> Page:
    """Return a page of a new window in which one has become `person`."""
    context = browser.new_context(
        base_url=address, locale="fi-FI", timezone_id="Europe/Helsinki", reduced_motion="reduce"
    )
    page = context.new_page()
    if person:
        page.goto("/demo/")
        page.locator(f"form[action$='/become/{person}/'] button").click()
    return page


def take(page: Page, picture: Picture) -> bytes:
    """Go the picture's way and return what is seen at its end."""
    page.set_viewport_size({"width": WIDTH, "height": picture.height})
    start, *steps = picture.way
    page.goto(start)
    for step in steps:
        if step.startswith("!"):
            page.locator(step[1:]).first.click()
        else:
            page.goto(link(page, step))
    if MAKE_REPORT in steps:
        page.wait_for_selector(REPORT_READY)
    page.wait_for_load_state("networkidle")
    return page.screenshot(animations="disabled")


def link(page: Page, pattern: str) -> str:
    """Return the first address on the page that matches `pattern`.

    :raises LookupError: when there is none.
    """
    for anchor in page.locator("main a[href], #content a[href], nav a[href]").all():
        address = anchor.get_attribute("href") or ""
        if re.search(pattern, address):
            return address
    raise LookupError(f"{page.url} has no link like {pattern}")


def keep(name: str, png: bytes) -> int:
    """Write a picture with as many colours as fit into its size; return how large it became.

    :raises ValueError: when it is too large with the fewest colours.
    """
    image = Image.open(io.BytesIO(png)).convert("RGB")
    for colours in PALETTES:
        small = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
        if small.tell() <= LARGEST_BYTES:
            (TARGET / f"{name}.png").write_bytes(small.getvalue())
            return small.tell()
    raise ValueError(f"{name} is larger than {LARGEST_BYTES} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
