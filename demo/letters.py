"""Letters of the sample year that need somebody: one never arrived, one came back, one waits."""

from __future__ import annotations

import datetime as dt
from smtplib import SMTPRecipientsRefused

from django.db import transaction

from demo.crew import Crew
from demo.year import at
from minno_portal.outbox.bounces.marking import record_bounce
from minno_portal.outbox.bounces.reports import Bounce
from minno_portal.outbox.delivery import mark_failed, take
from minno_portal.outbox.models import Letter
from minno_portal.outbox.rendering import Written
from minno_portal.outbox.retrying import judge
from minno_portal.outbox.services import Recipient, queue_letter
from organisations.register.contacts import Person, add_contact
from rounds.call.campaigns.enums import Purpose
from rounds.call.campaigns.kinds import KINDS
from rounds.challenges.models import Challenge

# Whom the register names although the address has been closed, and whose mailbox is full.
CLOSED = ("digirinki", "Digiringin entinen toimisto", "digirinki.toimisto@example.org")
FULL = ("arkiverkko", "Arkiverkon viestintä", "arkiverkko.viestinta@example.org")
NO_SUCH_ADDRESS = (550, b"5.1.1 No such user here")
MAILBOX_FULL = "552 5.2.2 The mailbox is full"
SUBJECT = "Tutustumiskäynti Esimerkkiyhdistykseen ennen aloitusta"
TEXT = (
    "Hei!\n\n"
    "Haasteenne valittiin, ja opiskelijatiimi aloittaa muutaman viikon päästä. Tulisin mielelläni "
    "käymään luonanne ennen sitä: katsotaan yhdessä, mitä aineistoa tiimi saa ja kuka teistä "
    "vastaa sen kysymyksiin.\n\n"
    "Sopisiko teille jokin iltapäivä ensi viikolla? Tunti riittää."
)


def name_contacts(crew: Crew) -> None:
    """Add the people whom letters will not reach to the register."""
    for key, name, address in (CLOSED, FULL):
        person = Person(name=name, email=address, phone="", task="", language="fi", no_mail=False)
        add_contact(crew.organisations[key].pk, person=person, actor=crew.coordinator)


def refuse_closed_address() -> None:
    """Let the mail server say no to the letter that waits for the closed address."""
    address = CLOSED[2]
    with transaction.atomic():
        letter = take(Letter.objects.due().select_for_update().get(recipient=address))
    mark_failed(letter, judge(SMTPRecipientsRefused({address: NO_SUCH_ADDRESS})))


def return_from_full_mailbox(day: dt.date) -> None:
    """Let the letter come back that was sent to the full mailbox."""
    letter = Letter.objects.get(recipient=FULL[2])
    with at(day, 10, 40):
        record_bounce(Bounce(FULL[2], "5.2.2", MAILBOX_FULL, letter.message_id))


def hold_letter(crew: Crew, challenge: Challenge) -> None:
    """Write a letter by hand; it waits until the coordinator lets it go."""
    contact = crew.contacts["esimerkki"]
    queue_letter(
        KINDS[Purpose.OTHER],
        key=f"demo-visit:{challenge.pk}",
        to=Recipient.of(contact),
        values=lambda _to: {},
        sender=challenge.round.sender,
        written=Written(SUBJECT, f"{TEXT}\n\n{challenge.round.partnership.sign_off}"),
        about=challenge,
        held=True,
    )
