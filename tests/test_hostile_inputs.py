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

from organisations.models import User
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
    arguments,
    scene,  # noqa: F401 (a fixture)
)

WHO = (ANONYMOUS, CONTACT, COORDINATOR, STAFF, ADMIN)
# States in which the different sides have something to write.
TRIED_STATES = (Status.DRAFT, Status.SUBMITTED, Status.NEEDS_COMPLETION, Status.CONFIRMED)
# Leaving, or the language of the whole site, is no form of the portal's own.
NOT_OURS = ("/accounts/", "/i18n/")
FEWEST_INPUTS = 300
# `make figures` tries every text on every form; the tests take one in so many.
EVERY_INPUT = bool(os.environ.get("EVERY_INPUT"))
SHARE = 5

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


def signed_in(user: User | None) -> Client:
    client = Client(raise_request_exception=True)
    if user:
        client.force_login(user)
    return client


def some_of(turn: int) -> list[tuple[str, str]]:
    """Return the texts for one form: a share that turns from form to form, or all of them."""
    texts = list(PAYLOADS.items())
    return texts if EVERY_INPUT else texts[turn % SHARE :: SHARE]


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


@pytest.mark.parametrize("who", WHO)
def test_every_form_takes_every_odd_text(scene: Scene, who: str) -> None:  # noqa: F811
    client = signed_in(scene.people[who])
    tried: set[tuple[str, str]] = set()
    inputs = 0
    for path in pages(scene, who):
        for address, form in forms_on(client, path):
            key = (address.split("?")[0], ",".join(form.names))
            if key in tried:
                continue
            tried.add(key)
            for name, payload in some_of(len(tried)):
                everywhere = {field: [payload] for field in form.names if field != "version"}
                check(send(client, address, form, everywhere), f"{name} → {address} as {who}")
                inputs += 1
    print(f"{who}: {len(tried)} forms, {inputs} inputs")
    if who == COORDINATOR:
        assert inputs >= FEWEST_INPUTS


@pytest.mark.parametrize("who", [CONTACT, COORDINATOR])
def test_one_odd_field_among_good_ones(scene: Scene, who: str) -> None:  # noqa: F811
    client = signed_in(scene.people[who])
    some = [PAYLOADS[name] for name in ("null byte", "big id", "object", "impossible day")]
    tried: set[tuple[str, str]] = set()
    for path in pages(scene, who):
        for address, form in forms_on(client, path):
            for field in form.names:
                key = (address.split("?")[0], field)
                if key in tried:
                    continue
                tried.add(key)
                for payload in some if EVERY_INPUT else some[len(tried) % len(some) :][:1]:
                    answer = send(client, address, form, {field: [payload, payload]})
                    check(answer, f"{field}={payload!r} → {address} as {who}")


@pytest.mark.parametrize("who", WHO)
def test_every_address_takes_every_odd_query(scene: Scene, who: str) -> None:  # noqa: F811
    client = signed_in(scene.people[who])
    for number, path in enumerate(pages(scene, who)):
        # A few payloads a page, other ones on the next: together all of them many times.
        for offset in range(6):
            name = list(PAYLOADS)[(number * 6 + offset) % len(PAYLOADS)]
            query = dict.fromkeys(QUERIES, PAYLOADS[name][:2000])
            check(client.get(path, query), f"{name} in the query of {path} as {who}")
