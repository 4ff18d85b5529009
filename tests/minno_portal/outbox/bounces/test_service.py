"""Letters by a mail service: the real client of one, its interface played, and its news."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from minno_portal import embedded
from minno_portal.outbox.enums import State
from minno_portal.outbox.failing import addresses_that_fail
from minno_portal.outbox.models import Letter
from minno_portal.outbox.services import Recipient
from tests.minno_portal.outbox.bounces import by_service
from tests.minno_portal.outbox.conftest import MakeLetter
from tests.workers import database_url

pytestmark = pytest.mark.django_db(transaction=True)


class Service(HTTPServer):
    """Postmark's interface as far as letters need it; keeps what it was given."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.taken: list[dict[str, Any]] = []
        self.answer: tuple[int, dict[str, Any]] = (200, {})


class _Answers(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        given = json.loads(self.rfile.read(length))
        self.server.taken.append(given)
        status, answer = self.server.answer
        body = json.dumps(
            answer or {"ErrorCode": 0, "Message": "OK", "To": given["To"], "MessageID": "pm-1"}
        ).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        """Keep quiet."""


@pytest.fixture
def service() -> Iterator[Service]:
    server = Service()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def recipient() -> Recipient:
    return Recipient("aino@example.org", "fi", "Äinö, Ylä-Savo ry")


def portal(service: Service, *task: str, given: str = "") -> str:
    """Run the portal with the mail service and return what it printed."""
    told = {
        "POSTMARK_SERVER_TOKEN": "token",
        "POSTMARK_API_URL": f"http://127.0.0.1:{service.server_port}/",
        "WEBHOOK_SECRET": by_service.SECRET,
    }
    done = subprocess.run(
        [sys.executable, "-m", by_service.__name__, *task],
        cwd=embedded.BASE_DIR,
        env={
            **os.environ,
            "DATABASE_URL": database_url(),
            "MAIL_SERVICE": "postmark",
            "MAIL_SERVICE_SETTINGS": json.dumps(told),
        },
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def news(letter: Letter, kind: str = "HardBounce", number: int = 1) -> str:
    """Return what the service tells of a letter that came back."""
    return json.dumps(
        {
            "RecordType": "Bounce",
            "Type": kind,
            "TypeCode": number,
            "MessageID": "pm-1",
            "Email": letter.recipient,
            "Details": "smtp;550 5.1.1 The email account does not exist",
            "Description": "The server was unable to deliver your message.",
            "BouncedAt": "2026-11-22T10:00:00Z",
            "Metadata": {"letter": letter.message_id},
        }
    )


def test_a_letter_goes_by_the_service_and_its_news_come_back(
    service: Service, make_letter: MakeLetter
) -> None:
    letter = make_letter()
    portal(service, "deliver", str(letter.pk))
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (State.SENT, 1)
    (given,) = service.taken
    assert given["To"] == '"Äinö, Ylä-Savo ry" <aino@example.org>'
    assert given["TextBody"].strip() == letter.text.strip()
    headers = {each["Name"]: each["Value"] for each in given["Headers"]}
    assert headers["Auto-Submitted"] == "auto-generated"
    assert given["Metadata"] == {"letter": letter.message_id}
    assert given["TrackOpens"] is False

    assert portal(service, "news", by_service.SECRET, given=news(letter)) == "200"
    letter.refresh_from_db()
    assert letter.state == State.BOUNCED
    assert "does not exist" in letter.last_error
    assert letter.recipient in addresses_that_fail([letter.recipient])


def test_news_without_the_secret_change_nothing(service: Service, make_letter: MakeLetter) -> None:
    letter = make_letter()
    portal(service, "deliver", str(letter.pk))
    assert portal(service, "news", "service:guessed", given=news(letter)) == "400"
    letter.refresh_from_db()
    assert letter.state == State.SENT


def test_a_service_that_is_busy_is_asked_again(service: Service, make_letter: MakeLetter) -> None:
    service.answer = (429, {"ErrorCode": 429, "Message": "Rate Limit Exceeded"})
    letter = make_letter()
    portal(service, "deliver", str(letter.pk))
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (State.RETRY, 1)
