"""A call is announced to the associations in Chromium, delivered by a real worker and server."""

from __future__ import annotations

import os
import re
import time
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from django.test import Client

from organisations.mailing.models import Unsubscription
from organisations.models import Contact, Organisation, User
from rounds.call.campaigns import sending
from rounds.call.campaigns.enums import Status
from rounds.call.campaigns.models import Campaign, CampaignRecipient
from rounds.models import Round
from tests.journeys.conftest import MakeVisitor
from tests.journeys.counting import Counter
from tests.journeys.keyboard import Keyboard
from tests.journeys.visitor import plain_text
from tests.workers import CeleryProcess, MailSink, wait_until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("reference_data"),
]

# `make figures` writes to as many as SOSTE has members.
READERS = int(os.environ.get("CAMPAIGN_READERS", "24"))
MOST_CLICKS = 10
LANGUAGES = ("fi", "sv", "en")
SUBJECTS = {
    "fi": "Opiskelijoiden ideoita järjestöllenne: MINNO-haku",
    "sv": "Studenternas idéer till er organisation: MINNO-ansökan",
    "en": "Student ideas for your association: the MINNO call",
}
LINK = re.compile(r"https?://\S+/r/\S+")


@pytest.fixture
def readers(call_round: Round) -> dict[str, Contact]:
    """Associations with a contact person each, whose languages take turns."""
    contacts = {}
    for number in range(READERS):
        organisation = Organisation.objects.create(name=f"Y{number:03d} ry")
        address = f"reader{number:03d}@example.org"
        contacts[address] = Contact.objects.create(
            organisation=organisation,
            name=f"M{number:03d}",
            email=address,
            language=LANGUAGES[number % len(LANGUAGES)],
        )
    return contacts


def check(letter: EmailMessage, reader: Contact) -> None:
    """Expect the right words and headers."""
    text = plain_text(letter)
    assert str(letter["Subject"]).strip().startswith(SUBJECTS[reader.language])
    assert letter["Content-Language"] == reader.language
    assert letter["Reply-To"] == "minno@example.org"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = str(letter["List-Unsubscribe"]).strip(" <>")
    assert address in text
    assert reader.name in text
    assert reader.organisation.name in text
    assert "{" not in text


def test_a_call_is_announced_to_every_association(
    visitor: MakeVisitor,
    coordinator: User,
    call_round: Round,
    readers: dict[str, Contact],
    worker: CeleryProcess,
    mail_sink: MailSink,
) -> None:
    User.objects.filter(pk=coordinator.pk).update(name="Kaisa K.")
    kaisa = visitor(coordinator.email)
    kaisa.enter(coordinator)
    kaisa.open(f"/manage/rounds/{call_round.slug}/")
    counter = Counter(kaisa, f"a call announced to {READERS} associations")
    counter.press("Letters")
    counter.press("Campaigns")
    counter.press("Call announcement")
    counter.press("Ready: see letters and readers")
    send = kaisa.say("Send to %(count)s person", "Send to %(count)s people", READERS)
    counter.press_text(send)
    started = time.monotonic()
    counter.press_text(send)
    wait_until(lambda: mail_sink.count() >= READERS, what=worker.output())
    print(f"{READERS} letters in {time.monotonic() - started:.1f} s")
    counter.report(clicks=MOST_CLICKS)

    assert mail_sink.count() == READERS
    letters = {str(each["To"]).split("<")[-1].strip(">"): each for each in mail_sink.messages}
    assert letters.keys() == readers.keys()
    for address, letter in letters.items():
        check(letter, readers[address])
    assert set(mail_sink.accepted().values()) == {1}

    campaign = Campaign.objects.get()
    wait_until(lambda: not sending.write_batch(campaign.pk) and _is_sent(campaign))
    _visit_and_unsubscribe(letters["reader001@example.org"])
    kaisa.page.reload()
    kaisa.reads("The letters have been sent")
    kaisa.look_in("sv")
    kaisa.look_in("en")


def test_a_campaign_is_written_and_sent_by_keyboard_alone(
    visitor: MakeVisitor,
    coordinator: User,
    call_round: Round,
    readers: dict[str, Contact],
) -> None:
    User.objects.filter(pk=coordinator.pk).update(name="Kaisa K.")
    kaisa = visitor(coordinator.email)
    kaisa.enter(coordinator)
    kaisa.open(f"/manage/rounds/{call_round.slug}/letters/campaigns/")
    keyboard = Keyboard(kaisa)
    keyboard.press("a[href$='/campaigns/new/call/']")
    keyboard.go_to("[name=text_fi]")
    kaisa.page.keyboard.press("Control+End")
    keyboard.go_to("details[open] button.insert")
    kaisa.page.keyboard.press("Enter")
    # The word stands where the cursor was, and the next key goes on from there.
    kaisa.page.keyboard.type("!")
    assert kaisa.page.locator("[name=text_fi]").input_value().endswith("{tervehdys}!")
    # A letter in another language opens with a key as well.
    keyboard.go_to("details:not([open]) > summary")
    kaisa.page.keyboard.press("Enter")
    keyboard.write("subject_sv", "1: ")
    keyboard.press("button[name=ready]")
    keyboard.press("a[href$='/send/']")
    keyboard.press("main form button.btn-primary")
    said = kaisa.page.locator("[role=status].messages").inner_text()
    assert kaisa.say("The letters are on their way. You can leave the page.") in said
    assert Campaign.objects.get().recipients.count() == len(readers)


def _is_sent(campaign: Campaign) -> bool:
    campaign.refresh_from_db()
    return campaign.status == Status.SENT


def _visit_and_unsubscribe(letter: EmailMessage) -> None:
    """Open the call by the letter's own link, then press unsubscribe in the mail program."""
    found = LINK.search(plain_text(letter))
    assert found
    answer = Client().get(urlsplit(found[0]).path)
    assert answer.headers["Location"].startswith("/sv/rounds/")
    assert (
        CampaignRecipient.objects.exclude(visited_on=None).get().address == "reader001@example.org"
    )
    press = urlsplit(str(letter["List-Unsubscribe"]).strip(" <>")).path
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(press, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Unsubscription.objects.get().address == "reader001@example.org"
