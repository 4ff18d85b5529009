"""Seven submitted challenges become seven told decisions, by five people of both parties."""

from __future__ import annotations

import os
from typing import Any

import pytest
from playwright.sync_api import expect

from minno_portal import clock
from minno_portal.outbox.models import Letter
from organisations.membership.enums import Role
from organisations.models import Organisation, User
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection import services
from rounds.selection.criteria import add_default_criteria
from rounds.selection.models import Decision, Proposal
from tests.conftest import person
from tests.journeys.conftest import MakeVisitor
from tests.journeys.counting import Counter
from tests.journeys.visitor import Visitor
from tests.workers import PrivateQueue

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("reference_data"),
]

SUBMITTED, TOLD = 7, 8
# What the coordinator may cost: clicks in the whole journey; pages and clicks of telling.
MOST_CLICKS = 25
MOST_PAGES_OF_TELLING, MOST_CLICKS_OF_TELLING = 5, 6
# Each of these is assessed in the browser, the others by the service that the page calls.
ASSESSED_BY_HAND = SUBMITTED if os.environ.get("EVERY_INPUT") else 1
NOTE = "Rajatkaa kohderyhmä yhteen kaupunkiin."
REASON = "Haaste on tärkeä, mutta seitsemässä viikossa ei ehdi tavata kohderyhmää."


def submit_challenges(round_: Round, count: int, contact: User) -> list[Challenge]:
    """Make challenges of as many associations, submitted while the call was open."""
    made = []
    for number in range(1, count + 1):
        giver = Organisation.objects.create(name=f"Yhdistys {number} ry")
        made.append(
            Challenge.objects.create(
                round=round_,
                organisation=giver,
                created_by=contact,
                contact_name="Maija M.",
                contact_email=f"yhdistys{number}@example.org",
                title=f"Kotikäyntien kysymykset {number}",
                summary="Vapaaehtoisemme tapaavat viikoittain 600 iäkästä.",
                need="Yksinäisyys huomataan usein vasta myöhään.",
                is_national=True,
                may_publish=True,
                status="submitted",
                number=number,
                reference=round_.reference(number),
                submitted_at=clock.now(),
            )
        )
    round_.last_reference = count
    round_.save()
    add_default_criteria(round_)
    return made


@pytest.fixture
def people(coordinator: User, staff: User, umbrella: Organisation, school: Organisation) -> Any:
    """Two coordinators and three of the staff, whose names are no words of the interface."""
    cast = {
        "coordinator": coordinator,
        "assessor": person("arvioija", umbrella, Role.COORDINATOR),
        "teacher": person("opettaja", school, Role.STAFF),
        "staff": staff,
        "head": person("paatoksia", school, Role.STAFF),
    }
    for number, user in enumerate(cast.values()):
        user.name = f"Hilkka {'ABCDE'[number]}."
        user.save()
    return cast


@pytest.fixture
def enter(visitor: MakeVisitor) -> Any:
    """Make a signed-in person's window."""

    def make(user: User, **options: Any) -> Visitor:
        found = visitor(user.email, **options)
        found.enter(user)
        return found

    return make


def board(round_: Round) -> str:
    return f"/manage/rounds/{round_.slug}/selection/"


def ask_assessors(counter: Counter, round_: Round) -> None:
    """The coordinator shares the challenges out and sees what changes before it does."""
    counter.visitor.open(board(round_))
    counter.press("Assessors", within="aside")
    counter.press("Share out evenly")
    counter.press("Look at the changes")
    counter.press("Ask them and send the letters")


def assess(who: Visitor, user: User, challenges: list[Challenge], mark: int) -> None:
    """An assessor goes through the challenges, each leading to the next."""
    for challenge in challenges[:ASSESSED_BY_HAND]:
        who.open(f"/challenges/{challenge.pk}/assess/")
        for criterion in challenge.round.criteria.all():
            who.tick((f"criterion_{criterion.pk}", str(mark)))
        who.press("Save as done and go to the next")
    for challenge in challenges[ASSESSED_BY_HAND:]:
        marks = {each.pk: mark for each in challenge.round.criteria.all()}
        services.save_assessment(challenge.pk, scores=marks, comment="", done=True, actor=user)


def rank_and_propose(counter: Counter, round_: Round) -> None:
    """One challenge up, then the packet as the page suggests it."""
    coordinator = counter.visitor
    coordinator.open(board(round_))
    second = coordinator.say("Move up: %(title)s", title="Kotikäyntien kysymykset 2")
    counter.click(coordinator.page.get_by_role("button", name=second))
    expect(coordinator.page.locator("#board-said")).not_to_be_empty()
    counter.press("Send the packet to %(institution)s", institution="AMK")
    counter.press("Send the packet to %(institution)s", institution="AMK")


def answer_many(staff: Visitor, round_: Round, *, but: str) -> None:
    """One of the staff answers all but one at once, each line with an answer of its own."""
    staff.open(f"/admin/rounds/proposal/?round={round_.pk}")
    boxes = staff.page.locator("tr input.action-select")
    for index in range(boxes.count()):
        row = staff.page.locator("#result_list tbody tr").nth(index)
        if but not in row.inner_text():
            row.locator("input.action-select").check()
    staff.page.locator("select[name=action]").select_option("answer")
    with staff.page.expect_navigation():
        staff.page.locator("button[name=index]").click()
    staff.look()
    for agree in staff.page.locator("input[type=radio][value=agree]").all():
        agree.check()
    staff.press("Record the answers")


def answer_one(staff: Visitor, title: str, answer: str, note: str = "") -> None:
    """Another of the staff opens a dossier and answers it."""
    staff.open("/admin/rounds/proposal/?answered=no")
    staff.press_text(title)
    staff.tick(("answer", answer))
    if note:
        staff.fill(note=note)
    staff.press("Record the answer")


def tell(counter: Counter, round_: Round, reason: str) -> None:
    """Write every reason on one page, see the letters with them, and send."""
    coordinator = counter.visitor
    coordinator.open(board(round_))
    counter.press("Tell the decisions", within=".page-head")
    for box in coordinator.page.locator("textarea[name$='-reason']").all():
        if not box.input_value():
            box.fill(reason)
    counter.press("Save and see the letters")
    waiting = Decision.objects.untold(round_).count()
    send = ("Tell the chosen ones: send one letter", "Tell the chosen ones: send %(count)s letters")
    counter.press_text(coordinator.say(*send, count=waiting))


def told(round_: Round) -> dict[str, str]:
    """Return which decision each address has been told."""
    letters = Letter.objects.filter(thread=round_.slug, key__startswith="decision:")
    return dict(letters.values_list("recipient", "kind"))


def test_from_seven_submitted_to_seven_told(
    enter: Any, people: Any, call_round: Round, contact: User, private_queue: PrivateQueue
) -> None:
    challenges = submit_challenges(call_round, SUBMITTED, contact)
    coordinator = enter(people["coordinator"])
    counter = Counter(coordinator, "from 7 submitted to 7 told")
    ask_assessors(counter, call_round)
    for name, mark in (("assessor", 4), ("teacher", 3)):
        assess(enter(people[name]), people[name], challenges, mark)
    rank_and_propose(counter, call_round)
    returned = Proposal.objects.get(position=2).challenge
    answer_many(enter(people["staff"]), call_round, but=returned.title)
    head = enter(people["head"])
    answer_one(head, returned.title, "change", NOTE)
    coordinator.open(board(call_round))
    counter.press("Send the packet to %(institution)s", institution="AMK")
    coordinator.sees(NOTE)
    counter.press("Send the packet to %(institution)s", institution="AMK")
    answer_one(head, returned.title, "agree")
    assert not told(call_round)
    tell(counter, call_round, REASON)
    outcomes = sorted(told(call_round).values())
    assert outcomes.count("decision-confirmed") == call_round.capacity
    assert len(outcomes) == SUBMITTED
    assert not Challenge.objects.filter(announced_at=None).exists()
    counter.report(clicks=MOST_CLICKS)


@pytest.fixture
def decided(call_round: Round, people: Any, contact: User) -> list[Challenge]:
    """Eight challenges that the two parties have agreed on; nobody has been told."""
    made = submit_challenges(call_round, TOLD, contact)
    presets = ["confirmed"] * 2 + ["reserve"] * 2 + ["not_selected"] * (TOLD - 4)
    packet = services.send_packet(
        call_round.pk,
        items=[
            services.PacketItem(each.pk, suggested)
            for each, suggested in zip(made, presets, strict=True)
        ],
        message="",
        actor=people["coordinator"],
    )
    for proposal in packet.proposals.all():
        services.answer_proposal(proposal.pk, answer="agree", note="", actor=people["staff"])
    return made


def test_telling_eight_applicants(
    enter: Any, people: Any, call_round: Round, decided: list[Challenge]
) -> None:
    counter = Counter(enter(people["coordinator"]), "telling 8 applicants")
    tell(counter, call_round, REASON)
    assert len(told(call_round)) == TOLD
    counter.report(pages=MOST_PAGES_OF_TELLING, clicks=MOST_CLICKS_OF_TELLING)


def test_ranking_and_telling_by_keyboard_alone(
    enter: Any, people: Any, call_round: Round, decided: list[Challenge]
) -> None:
    coordinator = enter(people["coordinator"])
    page = coordinator.page
    coordinator.open(board(call_round))
    handle = page.locator("tbody tr[id]").nth(2).locator("[aria-describedby=handle-help]")
    row = page.locator("tbody tr[id]").nth(2).get_attribute("id")
    handle.focus()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#board-said")).not_to_be_empty()
    assert page.locator("tbody tr[id]").nth(1).get_attribute("id") == row
    link = page.locator(".page-head a.btn-primary")
    link.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    coordinator.look()
    for box in page.locator("textarea[name$='-reason']").all():
        if not box.input_value():
            box.focus()
            page.keyboard.insert_text(REASON)
    for name in ("save", "tell"):
        button = page.locator(f".action-bar button[name={name}]")
        button.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        coordinator.look()
    assert len(told(call_round)) == TOLD
