"""The virus scan: a server that answers, finds, breaks off or is not there."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings as SettingsWrapper

from organisations.models import User
from rounds.challenges.attachments import scanning
from rounds.challenges.attachments.errors import Infected, NotScanned
from rounds.challenges.attachments.models import Attachment
from rounds.challenges.models import Challenge
from tests.rounds.challenges.attachments.conftest import Send
from tests.rounds.challenges.attachments.samples import WHOLE


class Clamd:
    """Speaks as much of clamd's language as INSTREAM needs."""

    def __init__(self, server: socket.socket, answer: bytes) -> None:
        self.server = server
        self.answer = answer
        self.received = b""
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        link, _address = self.server.accept()
        with link, link.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            while length := struct.unpack("!I", stream.read(4))[0]:
                self.received += stream.read(length)
            link.sendall(self.answer)

    def close(self) -> None:
        self.thread.join(5)
        self.server.close()


@pytest.fixture
def answers(request: pytest.FixtureRequest, settings: SettingsWrapper) -> Iterator[Clamd]:
    server = socket.create_server(("127.0.0.1", 0))
    settings.ATTACHMENT_SCANNER = f"clamd://127.0.0.1:{server.getsockname()[1]}"
    clamd = Clamd(server, request.param)
    yield clamd
    clamd.close()


@pytest.mark.parametrize("answers", [b"stream: OK\0"], indirect=True)
def test_a_clean_file_is_stored(answers: Clamd, send: Send) -> None:
    assert send().pk
    assert answers.received == WHOLE["pdf"]


@pytest.mark.parametrize("answers", [b"stream: Eicar-Signature FOUND\0"], indirect=True)
def test_what_is_found_is_not_stored(answers: Clamd, send: Send) -> None:
    with pytest.raises(Infected):
        send()
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    "answers", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK"[:5]], indirect=True
)
def test_an_answer_that_is_none_stores_nothing(answers: Clamd, send: Send) -> None:
    with pytest.raises(NotScanned):
        send()
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    "named", ["clamd://127.0.0.1:1", "clamd:///nowhere/clamd.ctl", "no.such.scanner", "nonsense"]
)
def test_without_a_scanner_nothing_is_stored(
    settings: SettingsWrapper, send: Send, named: str
) -> None:
    settings.ATTACHMENT_SCANNER = named
    with pytest.raises(NotScanned):
        send()
    assert not Attachment.objects.exists()


def test_a_socket_in_the_file_system(tmp_path: Path, settings: SettingsWrapper, send: Send) -> None:
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(tmp_path / "clamd.ctl"))
    server.listen()
    settings.ATTACHMENT_SCANNER = f"clamd://{tmp_path}/clamd.ctl"
    clamd = Clamd(server, b"stream: OK\0")
    assert send("Kuva.png").pk
    clamd.close()


def find_png(content: bytes) -> str:
    return "picture" if content.startswith(b"\x89PNG") else ""


def test_a_function_of_ones_own(
    settings: SettingsWrapper, draft: Challenge, contact: User, send: Send
) -> None:
    settings.ATTACHMENT_SCANNER = f"{__name__}.{find_png.__name__}"
    assert send().pk
    with pytest.raises(Infected):
        send("Kuva.png")


def test_none_is_asked_when_none_is_named(settings: SettingsWrapper) -> None:
    settings.ATTACHMENT_SCANNER = ""
    scanning.scan(b"x")
