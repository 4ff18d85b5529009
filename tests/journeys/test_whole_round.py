"""One round through the portal, from its opening to its report, as four people in Chromium."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from minno_portal import clock
from organisations.models import Partnership, User
from rounds.models import Challenge, FeedbackAnswer, Round, RoundReport
from rounds.planning.calendar import lay_out
from tests.journeys.visitor import Visitor, plain_text
from tests.workers import CeleryProcess, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Yksinäisyyden varhainen tunnistaminen kotikäynneillä"
NEED = "Kotikäyntejä tekee 210 vapaaehtoista, eikä heillä ole yhteistä tapaa kysyä yksinäisyydestä."
REASON = "Haaste on selvä, ja saatte tiimille hyvän pääsyn kotikäynneille."
QUESTION = "Tarkentakaa vielä, ketkä tekevät kotikäynnit."


def open_round(coordinator: Visitor) -> Round:
    """Link 2: a round from three answers, published."""
    coordinator.sign_in()
    coordinator.press("Open a new round")
    kickoff = clock.today() + dt.timedelta(weeks=7)
    kickoff -= dt.timedelta(days=kickoff.weekday())
    coordinator.fill(number="1", year=str(kickoff.year), kickoff_on=kickoff.isoformat())
    coordinator.tick(("form", "day"))
    coordinator.press("Lay out the round")
    made = Round.objects.get()
    # The call is to be open now, in July as well.
    rhythm = lay_out("day", made.kickoff_on, through_july=True).as_fields()
    Round.objects.update(**rhythm)
    coordinator.press("Publish round %(code)s", within="#publish", code=made.code)
    made.refresh_from_db()
    assert made.call_is_open
    return made


def give_challenge(contact: Visitor) -> Challenge:
    """Links 1, 3 and 4: a newcomer from the public call to a receipt."""
    contact.open("/")
    contact.press("Suggest a challenge", within="main")
    write(contact)
    contact.press("Preview")
    contact.sees(NEED)
    contact.press("Back to the text")
    contact.press("Sign in and submit")
    contact.sign_in(here=True)
    contact.fill(name="Kotikäyntiyhdistys ry", business_id="9000001-1")
    contact.fill(contact_name="Maija M.", contact_phone="040 1234567")
    contact.tick("accepts_terms")
    contact.press("Submit the challenge")
    challenge = Challenge.objects.get()
    contact.sees(challenge.reference)
    return challenge


def write(contact: Visitor) -> None:
    """The whole form on one page, before signing in."""
    contact.fill(
        title=TITLE,
        summary="Vapaaehtoisemme tapaavat viikoittain 600 iäkästä.",
        need=NEED,
        change_sought="Yksinäisyys tunnistetaan ajoissa.",
        target_group="Yksin asuvat yli 75-vuotiaat",
        support_hours="2",
        material="Vapaaehtoisten ryhmähaastattelut",
    )
    contact.tick(("hoped_outputs", "concept"), "is_national", "may_publish")


def review(coordinator: Visitor, contact: Visitor, challenge: Challenge) -> None:
    """Link 5: completion asked and given, then assessed."""
    before = contact.letters()
    coordinator.open(f"/challenges/{challenge.pk}/")
    coordinator.press("Ask for completion")
    coordinator.fill(comment=QUESTION)
    coordinator.press("Send to %(organisation)s", organisation="Kotikäyntiyhdistys ry")
    assert QUESTION in plain_text(contact.letter(after=before))
    contact.open(f"/challenges/{challenge.pk}/")
    contact.press("Complete the challenge")
    contact.open(f"/challenges/{challenge.pk}/edit/challenge/")
    contact.fill(need=f"{NEED} Käynnit tekevät koulutetut vapaaehtoiset.")
    contact.press("Preview")
    contact.press("Check and submit")
    contact.press("Submit the challenge")
    coordinator.open(f"/challenges/{challenge.pk}/assess/")
    for criterion in challenge.round.criteria.all():
        coordinator.tick((f"criterion_{criterion.pk}", "4"))
    coordinator.press("Save as done and go to the next")


def choose(coordinator: Visitor, staff: Visitor, made: Round) -> None:
    """Link 6: packet, the institution's answer in the admin, announcing."""
    coordinator.open(f"/manage/rounds/{made.slug}/selection/")
    coordinator.press("Send the packet to %(institution)s", institution="AMK")
    coordinator.press("Send the packet to %(institution)s", institution="AMK")
    assert TITLE in plain_text(staff.letter()) or made.code in plain_text(staff.letter())
    staff.sign_in()
    staff.open("/admin/rounds/proposal/")
    staff.press_text(TITLE)
    staff.tick(("answer", "agree"))
    staff.press("Record the answer")


def tell(coordinator: Visitor, contact: Visitor, made: Round, challenge: Challenge) -> None:
    """Nothing is told before the coordinator announces; then the reason is in the letter."""
    contact.open(f"/challenges/{challenge.pk}/")
    contact.reads("Being considered")
    before = contact.letters()
    coordinator.open(f"/challenges/{challenge.pk}/decision/")
    coordinator.fill(reason=REASON)
    coordinator.press("Save the reason")
    coordinator.open(f"/manage/rounds/{made.slug}/selection/announce/")
    coordinator.press_text(
        coordinator.say(
            "Tell the chosen ones: send one letter",
            "Tell the chosen ones: send %(count)s letters",
            count=1,
        )
    )
    assert REASON in plain_text(contact.letter(after=before))
    contact.open(f"/challenges/{challenge.pk}/")
    contact.sees(REASON)


def carry_out(coordinator: Visitor, made: Round) -> None:
    """The project is held and its outcome published."""
    coordinator.open(f"/manage/rounds/{made.slug}/projects/")
    coordinator.press("Name the team")
    coordinator.fill(
        name="Tiimi Kello", contact_email="tiimi@example.org", tutor_email="ohjaaja@example.org"
    )
    coordinator.press("Save the team")
    coordinator.press("Start the project")
    coordinator.press("Mark as completed")
    coordinator.open(f"/manage/rounds/{made.slug}/outcomes/")
    coordinator.press("Record an outcome")
    coordinator.fill(title="Kysymisen kortit", summary="Kortit, joilla yksinäisyys tulee puheeksi.")
    coordinator.page.locator("select[name=kind]").select_option("concept")
    coordinator.tick("may_publish")
    coordinator.press("Save the outcome")
    coordinator.press("Publish the outcome")
    coordinator.open("/outcomes/")
    coordinator.sees("Kysymisen kortit")


def hear(coordinator: Visitor, team: Visitor, made: Round) -> None:
    """Link 8: a personal link, a short form without an account."""
    coordinator.open(f"/manage/rounds/{made.slug}/feedback/")
    with coordinator.page.expect_navigation():
        coordinator.page.locator("form[action$='/feedback/ask/'] button").click()
    coordinator.look()
    team.open(team.link_in_letter(containing="/feedback/"))
    radios = team.page.locator("input[type=radio]")
    for field in set(radios.evaluate_all("all => all.map(one => one.name)")):
        team.tick((field, "5"))
    team.press("Send the feedback")
    assert FeedbackAnswer.objects.get().role == "team"


def report(coordinator: Visitor, made: Round, folder: Path) -> str:
    """Link 9: the report is made by the worker and read back."""
    coordinator.open(f"/manage/rounds/{made.slug}/report/")
    coordinator.press("Make the report")
    wait_until(lambda: RoundReport.objects.filter(state="done").exists(), what="no report")
    coordinator.open(f"/manage/rounds/{made.slug}/report/")
    with coordinator.page.expect_download() as download:
        coordinator.page.get_by_role("link", name=coordinator.say("Download (PDF)")).first.click()
    target = folder / "report.pdf"
    download.value.save_as(target)
    return "\n".join(page.extract_text() for page in PdfReader(target).pages)


def test_a_round_from_its_opening_to_its_report(
    visitor: Callable[..., Visitor],
    worker: CeleryProcess,
    partnership: Partnership,
    coordinator: User,
    staff: User,
    tmp_path: Path,
    settings: Any,
) -> None:
    # Names that are no words of the interface in any language.
    User.objects.filter(pk=coordinator.pk).update(name="Kaisa K.")
    User.objects.filter(pk=staff.pk).update(name="Heikki H.")
    runs_it = visitor(coordinator.email)
    gives = visitor("newcomer@example.org")
    confirms = visitor(staff.email)
    answers = visitor("tiimi@example.org")

    made = open_round(runs_it)
    challenge = give_challenge(gives)
    assert challenge.reference in plain_text(gives.letter())
    review(runs_it, gives, challenge)
    choose(runs_it, confirms, made)
    tell(runs_it, gives, made, challenge)
    carry_out(runs_it, made)
    hear(runs_it, answers, made)
    text = " ".join(report(runs_it, made, tmp_path).split())

    assert made.code in text
    assert TITLE in text
    assert REASON in text
    for person in (runs_it, gives, confirms, answers):
        for language in ("sv", "en"):
            person.look_in(language)
