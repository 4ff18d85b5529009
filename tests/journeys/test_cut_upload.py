"""An upload cut off in the middle, in Chromium: what was typed stays, and trying again works."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from organisations.models import User
from rounds.challenges.attachments.limits import LARGEST_FILE
from rounds.challenges.attachments.models import Attachment
from rounds.models import Challenge
from tests.journeys.cutting import CuttingWire
from tests.journeys.visitor import Visitor
from tests.rounds.challenges.attachments.samples import pdf
from tests.workers import wait_until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("reference_data"),
]

MakeVisitor = Callable[..., Visitor]
KeptFiles = Callable[[], set[Path]]
NAME = "Raportti.pdf"
# Much more than the buffers between the browser and the wire hold.
MUCH = 9_000_000
SOME = 2_000_000
CUT = (
    "The connection was cut, and nothing was stored. What you have written on the page is still "
    "here."
)
UNANSWERED = (
    "The connection was cut before the portal answered. Try again: nothing is stored twice."
)
TYPED = "Kirjoitin tämän, kun tiedosto oli matkalla."


@pytest.fixture
def wire(live_server: Any) -> Iterator[CuttingWire]:
    """The wire between the browsers of this test and the server."""
    made = CuttingWire(live_server.url)
    yield made
    made.close()


@pytest.fixture
def sender(
    wire: CuttingWire, visitor: MakeVisitor, contact: User, draft: Challenge
) -> Callable[..., Visitor]:
    """Make a contact person who looks at the section where files are sent.

    The wire comes before the windows, for these are to be shut before it is closed.
    """
    # A name that is no word of the interface.
    User.objects.filter(pk=contact.pk).update(name="Kerttu K.")

    def make(**options: Any) -> Visitor:
        person = visitor(contact.email, base_url=wire.url, **options)
        person.enter(contact)
        person.page.goto(f"/challenges/{draft.pk}/edit/challenge/")
        return person

    return make


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A large file of the contact person's."""
    path = tmp_path / NAME
    path.write_bytes(pdf(before=b" " * MUCH))
    return path


@pytest.fixture
def kept_files(tmp_path: Path, settings: Any) -> KeptFiles:
    """Tell which files lie where a sent file may lie, whole or in part."""
    on_the_way = tmp_path / "uploads"
    on_the_way.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = str(on_the_way)

    def found() -> set[Path]:
        places = (on_the_way, Path(settings.MEDIA_ROOT))
        return {path for place in places for path in place.rglob("*") if path.is_file()}

    return found


def nothing_is_stored(kept_files: KeptFiles, before: set[Path], server: str) -> None:
    """Nothing is left of the half of a file, and the server answers others."""
    wait_until(lambda: kept_files() == before, what="a part stays")
    assert not Attachment.objects.exists()
    with urlopen(server) as answer:
        assert answer.status == 200


def choose(page: Page, report: Path) -> None:
    """Choose the file: with JavaScript it is sent at once."""
    page.locator("#attachments input[type=file]").set_input_files(report)


def try_again(person: Visitor) -> None:
    """Press what the message offers; the file is there, once, and what was typed stands."""
    page = person.page
    person.complaints.clear()  # Chromium reports the broken connection
    person.look()
    page.locator("#attachments [data-upload-error] button").click()
    expect(page.locator("#attachments .upload-name")).to_have_text(NAME)
    expect(page.locator("#attachments .invalid-feedback:not(:empty)")).to_have_count(0)
    assert page.locator("[name=need]").input_value() == TYPED
    assert Attachment.objects.get().size >= SOME


def test_with_progress(
    sender: Callable[..., Visitor],
    wire: CuttingWire,
    live_server: Any,
    kept_files: KeptFiles,
    report: Path,
) -> None:
    person, before = sender(), kept_files()
    page = person.page
    wire.let_through(SOME)
    choose(page, report)
    progress = page.locator("#attachments progress")
    expect(progress).to_be_visible()
    assert wire.standing.wait(20)
    wait_until(lambda: 0 < progress.evaluate("bar => bar.value") < 100, what="no progress")
    page.locator("[name=need]").fill(TYPED)
    wire.cut()
    said = page.locator("#attachments [data-upload-error]")
    expect(said).to_contain_text(person.say(CUT))
    expect(progress).to_have_count(0)
    assert page.locator("[name=need]").input_value() == TYPED
    nothing_is_stored(kept_files, before, live_server.url)
    wire.mend()
    try_again(person)


def test_a_file_made_smaller_under_its_own_name(
    sender: Callable[..., Visitor], report: Path
) -> None:
    """To the browser the same name is no change; the person means the file as it is now."""
    person = sender()
    page = person.page
    for size in (LARGEST_FILE + 1, SOME):
        report.write_bytes(pdf(before=b" " * size))
        with page.expect_file_chooser() as chooser:
            page.locator("#attachments input[type=file]").click()
        chooser.value.set_files(report)
        if size > LARGEST_FILE:
            expect(page.locator("#attachments .invalid-feedback")).to_contain_text("10")
    expect(page.locator("#attachments .upload-name")).to_have_text(NAME)


def test_the_answer_is_lost(
    sender: Callable[..., Visitor], wire: CuttingWire, report: Path
) -> None:
    person = sender()
    page = person.page
    report.write_bytes(pdf(before=b" " * SOME))
    wire.lose_answers()
    choose(page, report)
    said = page.locator("#attachments [data-upload-error]")
    expect(said).to_contain_text(person.say(UNANSWERED))
    page.locator("[name=need]").fill(TYPED)
    wire.mend()
    try_again(person)


def test_without_javascript(
    sender: Callable[..., Visitor],
    wire: CuttingWire,
    live_server: Any,
    kept_files: KeptFiles,
    report: Path,
) -> None:
    person, before = sender(java_script_enabled=False), kept_files()
    page = person.page
    page.locator("[name=need]").fill(TYPED)
    send = page.locator("#attachments button[type=submit]").first
    wire.let_through(SOME)
    choose(page, report)
    # The browser itself says that the connection broke.
    with page.expect_event("requestfailed"):
        send.click(no_wait_after=True)
        assert wire.standing.wait(20)
        wire.cut()
    nothing_is_stored(kept_files, before, live_server.url)
    wire.mend()
    # One cannot go back from a page that is still on its way.
    page.wait_for_url("chrome-error://**")
    page.go_back()
    assert page.locator("[name=need]").input_value() == TYPED
    page.locator("button[name=go][value=stay]").click()
    choose(page, report)
    send.click()
    expect(page.locator("#attachments .upload-name")).to_have_text(NAME)
    assert page.locator("[name=need]").input_value() == TYPED
    assert Challenge.objects.get().need == TYPED
