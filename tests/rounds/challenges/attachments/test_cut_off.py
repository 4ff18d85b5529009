"""An upload that ends in the middle, on a real connection: nothing is stored, nothing is lost."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from organisations.models import User
from rounds.challenges.attachments.models import Attachment
from rounds.challenges.models import Challenge
from tests.rounds.challenges.attachments.samples import pdf

pytestmark = pytest.mark.django_db(transaction=True)

BOUNDARY = "----boundary"
TOKEN = "a" * 32


def body() -> bytes:
    """Return a form with a file so large that it comes in many pieces."""
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{TOKEN}'
        f'\r\n--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; '
        'filename="Raportti.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
    )
    return head.encode() + pdf(before=b" " * 3_000_000) + f"\r\n--{BOUNDARY}--\r\n".encode()


def send(
    live_server: Any, path: str, session: str, part: bytes, whole: int, *, waits: bool
) -> bytes:
    """Send a part of a request, say that no more comes, and return the answer if one comes."""
    address = urlsplit(live_server.url)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {address.netloc}\r\nX-Box: 1\r\nConnection: close\r\n"
        f"Cookie: {settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {whole}\r\n\r\n"
    )
    with socket.create_connection((address.hostname, address.port), timeout=120) as link:
        link.sendall(head.encode() + part)
        if not waits:
            return b""
        link.shutdown(socket.SHUT_WR)
        answer = b""
        while piece := link.recv(65536):
            answer += piece
        return answer


def files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


@pytest.mark.parametrize("waits", [True, False], ids=["half closed", "gone"])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.999])
def test_nothing_is_stored_of_half_a_file(
    live_server: Any, draft: Challenge, contact: User, share: float, waits: bool
) -> None:
    client = Client()
    client.force_login(contact)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    path = reverse("challenge-attachments", args=[draft.pk])
    before, whole = files(), body()
    answer = send(
        live_server, path, session, whole[: int(len(whole) * share)], len(whole), waits=waits
    )
    if waits:
        assert b" 500 " not in answer.partition(b"\r\n")[0]
    time.sleep(0 if waits else 0.5)
    assert not Attachment.objects.exists()
    assert files() == before
    assert client.get(path).status_code == 200


def test_the_whole_of_it_is_stored(live_server: Any, draft: Challenge, contact: User) -> None:
    client = Client()
    client.force_login(contact)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    path = reverse("challenge-attachments", args=[draft.pk])
    answer = send(live_server, path, session, body(), len(body()), waits=True)
    assert b" 200 " in answer.partition(b"\r\n")[0]
    assert Attachment.objects.get().size > 3_000_000
