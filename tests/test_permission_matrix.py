"""Every address × every kind of person × every state: what opens, and what does not exist for whom.

An address that is missing from the table fails the first test, so none can be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from rounds.challenges.enums import Status
from rounds.planning.models import Round
from tests.conftest import ensure_reference_data
from tests.permission_scene import (
    ADMIN,
    ANONYMOUS,
    COLLEAGUE,
    CONTACT,
    COORDINATOR,
    KINDS,
    OTHER,
    OTHER_COORDINATOR,
    STAFF,
    STRANGER,
    arguments,
    make_scene,
)
from tests.scene import STATES, Scene

EVERYBODY = frozenset(KINDS)
SIGNED_IN = EVERYBODY - {ANONYMOUS}
OWN = frozenset({CONTACT, COLLEAGUE})
PARTIES = frozenset({COORDINATOR, STAFF})
ONLY_COORDINATOR = frozenset({COORDINATOR})
SEES_ROUND = PARTIES | {ADMIN}
KEEPS_REGISTER = frozenset({COORDINATOR, OTHER_COORDINATOR})
SEES_REGISTER = KEEPS_REGISTER | {ADMIN}

Who = frozenset[str] | Callable[[str], frozenset[str]]


@dataclass(frozen=True)
class Route:
    """Who may open an address; `about` names what its arguments are."""

    who: Who
    about: str = ""
    post: bool = False


def seen_challenge(state: str) -> frozenset[str]:
    """Who sees a challenge: its own association always, the others once it was submitted."""
    return OWN if state == Status.DRAFT else OWN | SEES_ROUND


def own_once_submitted(state: str) -> frozenset[str]:
    return frozenset() if state == Status.DRAFT else OWN


def parties_once_submitted(state: str) -> frozenset[str]:
    return frozenset() if state == Status.DRAFT else PARTIES


def reviewers_once_submitted(state: str) -> frozenset[str]:
    return frozenset() if state == Status.DRAFT else SEES_ROUND


def coordinator_once_submitted(state: str) -> frozenset[str]:
    return frozenset() if state == Status.DRAFT else ONLY_COORDINATOR


def commenters(state: str) -> frozenset[str]:
    return frozenset() if state == Status.DRAFT else OWN | PARTIES


PUBLIC = [
    "landing",
    "public-rounds",
    "public-outcomes",
    "how-it-works",
    "accessibility",
    "privacy",
    "cookies",
    "terms",
    "questions",
    "public-dates",
    "calls-feed",
    "outcomes-feed",
    "sitemap",
    "robots",
    "feedback-thanks",
]
MATRIX: dict[str, Route] = {
    **{name: Route(EVERYBODY) for name in PUBLIC},
    **{
        name: Route(EVERYBODY, "round")
        for name in ("public-round", "public-round-dates", "public-round-picture", "public-form")
    },
    "terms-version": Route(EVERYBODY, "terms"),
    "privacy-version": Route(EVERYBODY, "privacy"),
    "feedback": Route(EVERYBODY, "feedback"),
    **{
        name: Route(SIGNED_IN)
        for name in ("desk", "me", "my-data", "challenges", "organisation-new")
    },
    "my-announcements": Route(SIGNED_IN, "partnership", post=True),
    # One writes first, and signs in to give what was written.
    "challenge-new": Route(EVERYBODY, "round"),
    "challenge-new-preview": Route(EVERYBODY, "round"),
    "challenge-finish": Route(SIGNED_IN, "round"),
    "invitation": Route(EVERYBODY, "invitation"),
    # Coordinators know every association, look after the register and bring people to it.
    "organisation": Route(OWN | SEES_REGISTER, "organisation"),
    "organisation-edit": Route(OWN | SEES_REGISTER, "organisation"),
    "invite": Route(OWN | SEES_REGISTER, "organisation", post=True),
    "invitation-cancel": Route(OWN | SEES_REGISTER, "open invitation", post=True),
    "membership-approve": Route(OWN | KEEPS_REGISTER, "claim", post=True),
    "membership-refuse": Route(OWN | KEEPS_REGISTER, "claim", post=True),
    "membership-end": Route(KEEPS_REGISTER, "membership", post=True),
    "contact-new": Route(OWN | KEEPS_REGISTER, "organisation"),
    "contact-edit": Route(OWN | KEEPS_REGISTER, "contact person"),
    "contact-delete": Route(OWN | KEEPS_REGISTER, "contact person", post=True),
    "register": Route(SEES_REGISTER),
    "register-export": Route(SEES_REGISTER, "sheet"),
    "register-duplicates": Route(SEES_REGISTER),
    "register-organisation": Route(SEES_REGISTER, "organisation"),
    "register-note": Route(KEEPS_REGISTER, "organisation", post=True),
    "register-note-delete": Route(ONLY_COORDINATOR, "note", post=True),
    "register-address-works": Route(KEEPS_REGISTER, "organisation", post=True),
    "register-approve": Route(KEEPS_REGISTER, "organisation", post=True),
    "register-refuse": Route(KEEPS_REGISTER, "organisation", post=True),
    "register-merge-choose": Route(KEEPS_REGISTER, "organisation"),
    "register-merge": Route(KEEPS_REGISTER, "pair"),
    # A table is brought for one's own organisation.
    "register-import-new": Route(KEEPS_REGISTER),
    **{
        name: Route(ONLY_COORDINATOR, "import")
        for name in ("register-import", "register-import-columns", "register-import-refused")
    },
    "register-import-store": Route(ONLY_COORDINATOR, "import", post=True),
    "register-import-drop": Route(ONLY_COORDINATOR, "import", post=True),
    "rounds": Route(SEES_ROUND | {OTHER_COORDINATOR}),
    "round-new": Route(ONLY_COORDINATOR | {OTHER_COORDINATOR}),
    **{
        name: Route(SEES_ROUND, "round")
        for name in (
            "round",
            "round-challenges",
            "challenge-next-unread",
            "challenges-bulk",
            "challenges-xlsx",
            "challenges-csv",
            "round-selection",
            "round-assessors",
            "round-projects",
            "round-outcomes",
            "round-feedback",
            "round-report",
            "round-calendar",
            "round-kit",
        )
    },
    "table-view-save": Route(SEES_ROUND, "round", post=True),
    "table-view": Route(ONLY_COORDINATOR, "saved view"),
    "round-kit-moment": Route(SEES_ROUND, "moment"),
    "round-kit-poster": Route(SEES_ROUND, "file of a moment"),
    "round-kit-picture": Route(SEES_ROUND, "file of a moment"),
    "round-plan": Route(ONLY_COORDINATOR | {ADMIN}, "round"),
    "round-plan-move": Route(ONLY_COORDINATOR, "rule"),
    "round-plan-switch": Route(ONLY_COORDINATOR, "rule", post=True),
    "round-letters": Route(ONLY_COORDINATOR | {ADMIN}, "round"),
    "campaigns": Route(ONLY_COORDINATOR | {ADMIN}, "round"),
    "campaign-new": Route(ONLY_COORDINATOR, "purpose"),
    "campaign": Route(ONLY_COORDINATOR | {ADMIN}, "campaign"),
    "campaign-readers": Route(ONLY_COORDINATOR | {ADMIN}, "campaign"),
    "campaign-edit": Route(ONLY_COORDINATOR, "campaign"),
    "campaign-send": Route(ONLY_COORDINATOR, "campaign"),
    "campaign-test": Route(ONLY_COORDINATOR, "campaign", post=True),
    "campaign-delete": Route(ONLY_COORDINATOR, "campaign", post=True),
    "campaign-stop": Route(ONLY_COORDINATOR, "sent campaign", post=True),
    "campaign-progress": Route(ONLY_COORDINATOR | {ADMIN}, "sent campaign"),
    "campaign-export": Route(ONLY_COORDINATOR | {ADMIN}, "campaign sheet"),
    "campaign-link": Route(EVERYBODY, "campaign link"),
    "campaign-unsubscribe": Route(EVERYBODY, "unsubscribing"),
    "letters": Route(SEES_REGISTER),
    "letters-send": Route(KEEPS_REGISTER),
    "letter": Route(ONLY_COORDINATOR | {ADMIN}, "held letter"),
    "letter-edit": Route(ONLY_COORDINATOR, "held letter"),
    "letter-again": Route(ONLY_COORDINATOR, "lost letter"),
    "letter-cancel": Route(ONLY_COORDINATOR, "held letter", post=True),
    "letter-settle": Route(ONLY_COORDINATOR, "lost letter", post=True),
    "round-texts": Route(ONLY_COORDINATOR | {ADMIN}, "round"),
    "round-texts-edit": Route(ONLY_COORDINATOR | {ADMIN}, "round's text"),
    # Whoever has no partnership to look after reads that there is none.
    "texts": Route(SIGNED_IN),
    "texts-of": Route(ONLY_COORDINATOR | {ADMIN}, "partnership"),
    "text-edit": Route(ONLY_COORDINATOR | {ADMIN}, "partnership's text"),
    "texts-sender": Route(SIGNED_IN),
    "texts-sender-of": Route(ONLY_COORDINATOR | {ADMIN}, "partnership"),
    # A partnership without a logo has nothing to send: its own test tells who would get it.
    "texts-logo": Route(frozenset(), "partnership"),
    "round-work": Route(ONLY_COORDINATOR | {ADMIN}, "round"),
    **{
        name: Route(ONLY_COORDINATOR, "round")
        for name in ("round-text", "round-settings", "round-criteria", "round-move")
    },
    "round-form": Route(ONLY_COORDINATOR | {ADMIN}, "round"),
    "round-form-preview": Route(ONLY_COORDINATOR | {ADMIN}, "round"),
    "round-form-rules": Route(ONLY_COORDINATOR, "round", post=True),
    "round-form-question-new": Route(ONLY_COORDINATOR, "form section"),
    "round-form-question": Route(ONLY_COORDINATOR, "question"),
    "round-form-delete": Route(ONLY_COORDINATOR, "question"),
    "round-form-move": Route(ONLY_COORDINATOR, "question", post=True),
    "round-form-ask": Route(ONLY_COORDINATOR, "question", post=True),
    "round-archive": Route(ONLY_COORDINATOR, "round", post=True),
    "round-restore": Route(ONLY_COORDINATOR, "round", post=True),
    "round-publish": Route(ONLY_COORDINATOR, "round", post=True),
    "round-work-delete": Route(ONLY_COORDINATOR, "work", post=True),
    "packet-send": Route(ONLY_COORDINATOR, "round"),
    "packet-draft": Route(ONLY_COORDINATOR, "round"),
    "packet-sent": Route(SEES_ROUND, "packet"),
    "packet-dossier": Route(SEES_ROUND, "packet"),
    "packet-sheet": Route(SEES_ROUND, "packet"),
    "decisions-announce": Route(ONLY_COORDINATOR, "round"),
    "feedback-ask": Route(ONLY_COORDINATOR, "round", post=True),
    "report-start": Route(PARTIES, "round", post=True),
    "report-progress": Route(SEES_ROUND, "report"),
    "challenge": Route(seen_challenge, "challenge"),
    "challenge-edit": Route(OWN, "section"),
    "challenge-submit": Route(OWN, "challenge"),
    "challenge-preview": Route(seen_challenge, "challenge"),
    "challenge-withdraw": Route(OWN, "challenge"),
    "challenge-attachments": Route(OWN, "challenge"),
    "attachment": Route(OWN | SEES_ROUND, "attachment"),
    "attachment-replace": Route(OWN, "attachment", post=True),
    "attachment-remove": Route(OWN, "attachment", post=True),
    "challenge-receipt": Route(OWN, "challenge"),
    "challenge-receipt-pdf": Route(own_once_submitted, "challenge"),
    "challenge-contact": Route(OWN, "challenge"),
    "challenge-copy": Route(OWN, "challenge"),
    "challenge-comment": Route(commenters, "challenge", post=True),
    **{
        name: Route(seen_challenge, "challenge")
        for name in ("challenge-compare", "challenge-similar", "challenge-history")
    },
    "challenge-quality": Route(reviewers_once_submitted, "challenge"),
    "challenge-tick": Route(OWN, "point", post=True),
    "round-late": Route(ONLY_COORDINATOR, "round"),
    "late-end": Route(ONLY_COORDINATOR, "late", post=True),
    "challenge-ask-completion": Route(coordinator_once_submitted, "challenge"),
    "challenge-end-completion": Route(coordinator_once_submitted, "challenge", post=True),
    "challenge-assess": Route(parties_once_submitted, "challenge"),
    "challenge-stand-aside": Route(parties_once_submitted, "challenge"),
    "challenge-let-stand": Route(parties_once_submitted, "challenge", post=True),
    "challenge-take-back": Route(parties_once_submitted, "challenge", post=True),
    "assess-next": Route(PARTIES, "round"),
    "ranking-move": Route(coordinator_once_submitted, "challenge", post=True),
    "challenge-set-aside": Route(coordinator_once_submitted, "challenge"),
    "decision-edit": Route(coordinator_once_submitted, "challenge"),
    "challenge-promote": Route(coordinator_once_submitted, "challenge", post=True),
    "decision-reopen": Route(coordinator_once_submitted, "challenge", post=True),
    "decision-change": Route(coordinator_once_submitted, "challenge"),
    "decision-correct": Route(coordinator_once_submitted, "challenge"),
    "decision-log": Route(SEES_ROUND, "round"),
    "participation-confirm": Route(OWN, "challenge", post=True),
    "feedback-wish": Route(OWN, "challenge"),
    "feedback-answer": Route(coordinator_once_submitted, "challenge"),
    "team-new": Route(parties_once_submitted, "challenge"),
    "project-start": Route(parties_once_submitted, "challenge", post=True),
    "project-complete": Route(parties_once_submitted, "challenge", post=True),
    "outcome-new": Route(parties_once_submitted, "challenge"),
    "team-edit": Route(PARTIES, "team"),
    "outcome-edit": Route(PARTIES, "outcome"),
    "outcome-publish": Route(ONLY_COORDINATOR, "outcome", post=True),
    "outcome-hide": Route(ONLY_COORDINATOR, "outcome", post=True),
    # A report that is not ready has no file yet: the next table row tells who would get it.
    "report-download": Route(frozenset(), "report"),
}
OUTSIDE = ("account", "mfa", "admin", "health", "demo", "usersessions")


@pytest.fixture(scope="module")
def _scene_of_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    """Make the scene once, in a transaction that is taken back after the module."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("fi"):
        ensure_reference_data()
        yield make_scene()
        transaction.set_rollback(True)


@pytest.fixture
def scene(_scene_of_module: Scene, db: None) -> Scene:
    """The scene; what a test does to it is taken back after the test."""
    return _scene_of_module


def names_of(patterns: list[URLPattern | URLResolver]) -> set[str]:
    """Return the names of every address of the portal itself."""
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                found |= names_of(pattern.url_patterns)
        elif pattern.name and not pattern.name.startswith(OUTSIDE):
            found.add(pattern.name)
    return found


def is_open(response: HttpResponse) -> bool:
    """Whether the person got in: a page, or a redirect that does not lead to the sign-in page."""
    if response.status_code in (301, 302):
        return "/accounts/" not in response.headers["Location"]
    return response.status_code == 200


def client_of(scene: Scene, kind: str) -> Client:
    """Return a new browser in which this kind of person has signed in."""
    client = Client()
    client.cookies = deepcopy(scene.cookies[kind])
    return client


def ask(scene: Scene, kind: str, name: str, route: Route, state: str) -> HttpResponse:
    client = client_of(scene, kind)
    address = reverse(name, args=arguments(scene, route.about, state))
    return client.post(address) if route.post else client.get(address)


def test_no_address_is_missing_from_the_table() -> None:
    assert names_of(get_resolver().url_patterns) == set(MATRIX)


@pytest.mark.parametrize("name", sorted(MATRIX))
def test_who_gets_in(scene: Scene, name: str) -> None:
    route = MATRIX[name]
    about_challenge = route.about in ("challenge", "section")
    for state in STATES if about_challenge else STATES[:1]:
        allowed = route.who(state) if callable(route.who) else route.who
        for kind in KINDS:
            response = ask(scene, kind, name, route, state)
            where = f"{name} in state {state!r} for {kind}: {response.status_code}"
            assert response.status_code < 500, where
            assert is_open(response) == (kind in allowed), where
            if kind not in allowed:
                _check_refusal(response, kind, where)


def _check_refusal(response: HttpResponse, kind: str, where: str) -> None:
    """A stranger gets 404 or the sign-in page; who knows of the object may get 403."""
    if kind == ANONYMOUS:
        signs_in = response.status_code == 302 and "/accounts/" in response.headers["Location"]
        assert signs_in or response.status_code == 404, where
    elif kind in (STRANGER, OTHER, OTHER_COORDINATOR):
        assert response.status_code in (403, 404), where
    else:
        assert response.status_code in (403, 404), where


@pytest.mark.parametrize("kind", [ANONYMOUS, STRANGER, OTHER, CONTACT, OTHER_COORDINATOR])
def test_strangers_to_a_round_get_404_from_its_working_pages(scene: Scene, kind: str) -> None:
    for name, route in MATRIX.items():
        if route.about == "round" and route.who == SEES_ROUND:
            response = ask(scene, kind, name, route, Status.DRAFT)
            expected = 302 if kind == ANONYMOUS else 404
            assert response.status_code == expected, name


def test_a_round_that_is_not_published_has_no_public_page(scene: Scene) -> None:
    Round.objects.update(published_at=None)
    for name in ("public-round", "public-round-dates", "public-form"):
        assert Client().get(reverse(name, args=[scene.round.slug])).status_code == 404


def test_the_admin_opens_for_staff_and_administrators_alone(scene: Scene) -> None:
    for kind in KINDS:
        response = client_of(scene, kind).get(reverse("admin:index"))
        assert (response.status_code == 200) == (kind in (STAFF, ADMIN)), kind
