"""Every form and every address, given odd and hostile texts: no error of ours, nothing runs.

The forms are read from the pages themselves, so a new form is attacked without being named here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from rounds.challenges.enums import Status
from tests.hostile import PAYLOADS, Form, forms_of, what_runs
from tests.scene import STATES, Scene
from tests.test_permission_matrix import (
    ADMIN,
    ANONYMOUS,
    CONTACT,
    COORDINATOR,
    MATRIX,
    STAFF,
    _scene_of_module,  # noqa: F401 (a fixture)
    arguments,
    client_of,
    scene,  # noqa: F401 (a fixture)
)

WHO = (ANONYMOUS, CONTACT, COORDINATOR, STAFF, ADMIN)
# Who sends forms with one odd field among good ones, too.
WRITERS = (CONTACT, COORDINATOR)
ALONE = ("null byte", "big id", "object", "impossible day")
# States in which the different sides have something to write.
TRIED_STATES = (Status.DRAFT, Status.SUBMITTED, Status.NEEDS_COMPLETION, Status.CONFIRMED)
# Leaving, or the language of the whole site, is no form of the portal's own.
NOT_OURS = ("/accounts/", "/i18n/")
# Whole forms alone, so that all people together send more than 300.
FEWEST_INPUTS = {ANONYMOUS: 6, CONTACT: 60, COORDINATOR: 160, STAFF: 45, ADMIN: 35}
# `make figures` tries every text on every form; the tests take one in so many, other ones on the
# next form. So every form, every address and every text has its turn, the same in every run.
EVERY_INPUT = bool(os.environ.get("EVERY_INPUT"))
SHARE = 15
SHARE_OF_FIELDS = 3
QUERIES_A_PAGE = 6 if EVERY_INPUT else 1

QUERIES = (
    "q",
    "page",
    "sort",
    "status",
    "organisation",
    "version",
    "from",
    "to",
    "after",
    "columns",
)


def pages(scene: Scene, who: str) -> Iterator[str]:  # noqa: F811
    """Give the address of every page, about challenges in several states."""
    for name, route in sorted(MATRIX.items()):
        if route.post:
            continue
        about_challenge = route.about in ("challenge", "section")
        for state in TRIED_STATES if about_challenge else STATES[:1]:
            yield reverse(name, args=arguments(scene, route.about, state))


def some_of(turn: int) -> list[tuple[str, str]]:
    """Return the texts for one form: a share that turns from form to form, or all of them."""
    texts = list(PAYLOADS.items())
    return texts if EVERY_INPUT else texts[turn % SHARE :: SHARE]


def some_fields(form: Form, turn: int) -> list[str]:
    """Return the fields of one form to try alone: a share that turns, at least one, or all."""
    names = list(form.names)
    return names if EVERY_INPUT else names[turn % SHARE_OF_FIELDS :: SHARE_OF_FIELDS] or names[:1]


def check(response: HttpResponse, where: str) -> None:
    """Expect an answer that is no failure and that runs nothing of the payload."""
    assert response.status_code < 500, where
    if response.headers.get("Content-Type", "").startswith("text/html"):
        assert not what_runs(response.text), where


def send(client: Client, address: str, form: Form, changed: dict[str, list[str]]) -> HttpResponse:
    """Send a form and take back what it did."""
    with transaction.atomic():
        data = {**form.fields, **changed}
        answer = client.get(address, data) if form.method == "get" else client.post(address, data)
        transaction.set_rollback(True)
    return answer


def forms_on(client: Client, path: str) -> Iterator[tuple[str, Form]]:
    """Give every form of a page with the address it goes to."""
    answer = client.get(path)
    if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
        return
    for form in forms_of(answer.text):
        target = urlsplit(urljoin(path, form.action))
        if not target.netloc and not target.path.startswith(NOT_OURS) and form.names:
            yield target.geturl(), form


def odd_alone(client: Client, address: str, form: Form, tried: set[tuple[str, str]]) -> None:
    """Send the form with one odd field among good ones, each field of an address once."""
    for field in some_fields(form, len(tried)):
        key = (address.split("?", maxsplit=1)[0], field)
        if key in tried:
            continue
        tried.add(key)
        for name in ALONE if EVERY_INPUT else ALONE[len(tried) % len(ALONE) :][:1]:
            answer = send(client, address, form, {field: [PAYLOADS[name]] * 2})
            check(answer, f"{name} in {field} → {address}")


@pytest.mark.parametrize("who", WHO)
def test_every_form_takes_every_odd_text(scene: Scene, who: str) -> None:  # noqa: F811
    client = client_of(scene, who)
    tried: set[tuple[str, str]] = set()
    tried_alone: set[tuple[str, str]] = set()
    used: set[str] = set()
    inputs = 0
    for path in pages(scene, who):
        for address, form in forms_on(client, path):
            if who in WRITERS:
                odd_alone(client, address, form, tried_alone)
            key = (address.split("?")[0], ",".join(form.names))
            if key in tried:
                continue
            tried.add(key)
            for name, payload in some_of(len(tried)):
                everywhere = {field: [payload] for field in form.names if field != "version"}
                check(send(client, address, form, everywhere), f"{name} → {address} as {who}")
                used.add(name)
                inputs += 1
    print(f"{who}: {len(tried)} forms, {inputs} inputs")
    assert inputs >= FEWEST_INPUTS[who]
    if who == COORDINATOR:
        assert used == set(PAYLOADS)
    if who in WRITERS:
        assert {address for address, _ in tried_alone} == {address for address, _ in tried}


@pytest.mark.parametrize("who", WHO)
def test_every_address_takes_every_odd_query(scene: Scene, who: str) -> None:  # noqa: F811
    client = client_of(scene, who)
    used: set[str] = set()
    # Everybody begins elsewhere, so an address gets other texts from other people.
    first = WHO.index(who) * len(PAYLOADS) // len(WHO)
    for number, path in enumerate(pages(scene, who)):
        for offset in range(QUERIES_A_PAGE):
            turn = first + number * QUERIES_A_PAGE + offset
            name = list(PAYLOADS)[turn % len(PAYLOADS)]
            used.add(name)
            query = dict.fromkeys(QUERIES, PAYLOADS[name][:2000])
            check(client.get(path, query), f"{name} in the query of {path} as {who}")
    assert used == set(PAYLOADS)
