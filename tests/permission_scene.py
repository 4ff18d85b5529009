"""Who asks for the addresses of the permission matrix, and what stands in them."""

from __future__ import annotations

from typing import Any

from django.test import Client

from rounds.call.terms import PRIVACY_VERSION, TERMS_VERSION
from tests.campaign_scene import CAMPAIGNS
from tests.cast import whole_cast
from tests.register_scene import FRESH
from tests.scene import FEEDBACK_TOKEN, STATES, Scene, add_objects, challenge_in, other_coordinator

ANONYMOUS, STRANGER, OTHER = "anonymous", "stranger", "other_contact"
CONTACT, COLLEAGUE = "contact", "colleague"
COORDINATOR, STAFF, ADMIN = "coordinator", "staff", "administrator"
OTHER_COORDINATOR = "other_coordinator"
KINDS = (
    ANONYMOUS,
    STRANGER,
    OTHER,
    CONTACT,
    COLLEAGUE,
    COORDINATOR,
    STAFF,
    ADMIN,
    OTHER_COORDINATOR,
)


def make_scene() -> Scene:
    everybody = whole_cast()
    people = {
        ANONYMOUS: None,
        STRANGER: everybody.stranger,
        OTHER: everybody.other_contact,
        CONTACT: everybody.contact,
        COLLEAGUE: everybody.colleague,
        COORDINATOR: everybody.coordinator,
        STAFF: everybody.staff,
        ADMIN: everybody.administrator,
        OTHER_COORDINATOR: other_coordinator(),
    }
    made = Scene(people, everybody.call_round, everybody.association)
    for number, state in enumerate(STATES, start=1):
        made.challenges[state] = challenge_in(state, everybody.draft, everybody.staff, number)
    add_objects(made, everybody.contact, everybody.coordinator)
    for kind, user in people.items():
        client = Client()
        if user:
            client.force_login(user)
        made.cookies[kind] = client.cookies
    return made


def arguments(scene: Scene, about: str, state: str) -> list[Any]:
    """Return what stands in the address."""
    if made := (FRESH | CAMPAIGNS).get(about):
        return made(scene)
    challenge = scene.challenges[state]
    others = scene.others
    return {
        "": [],
        "round": [scene.round.slug],
        "held letter": [others["held letter"].pk],
        "lost letter": [others["lost letter"].pk],
        "partnership": [scene.round.partnership_id],
        "partnership's text": [scene.round.partnership_id, "receipt", "fi"],
        "round's text": [scene.round.slug, "receipt", "fi"],
        "work": [scene.round.slug, others["work"].pk],
        "challenge": [challenge.pk],
        "section": [challenge.pk, "challenge"],
        "organisation": [scene.organisation.pk],
        "team": [others["team"].pk],
        "outcome": [others["outcome"].pk],
        "attachment": [others["attachment"].pk],
        "point": [others["point"].challenge_id, others["point"].pk],
        "late": [scene.round.slug, others["late"].pk],
        "report": [others["report"].pk],
        "packet": [scene.round.slug, others["proposal"].packet.number],
        "form section": [scene.round.slug, "team"],
        "question": [scene.round.slug, others["question"].pk],
        "rule": [scene.round.slug, "draft-week"],
        "saved view": [scene.round.slug, others["saved view"].pk],
        "moment": [scene.round.slug, "opens"],
        "file of a moment": [scene.round.slug, "opens", "fi"],
        "feedback": [FEEDBACK_TOKEN],
        "terms": [TERMS_VERSION],
        "privacy": [PRIVACY_VERSION],
        "invitation": [others["token"]],
    }[about]
