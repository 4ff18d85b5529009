"""A wire between a browser and the server that breaks in the middle of an upload."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import suppress
from urllib.parse import urlsplit

from tests.workers import wait_until

PIECE = 65536
# Little fits into the wire itself: a whole file must not be on its way before it is cut.
ROOM = 262_144
# Closing with this tells the other end that the connection is broken, not that it has ended.
RESET = struct.pack("ii", 1, 0)


class CuttingWire:
    """Passes everything on, until it is told to break.

    `let_through` lets only so many bytes of a request through: then it stands still, and its
    connection breaks when `cut` is called. `lose_answers` breaks where the server answers. Every
    try after that breaks by itself, for a browser may try again without asking, until `mend`.
    """

    def __init__(self, server: str) -> None:
        self._server = urlsplit(server)
        self._listening = socket.socket()
        self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, ROOM)
        self._listening.bind(("127.0.0.1", 0))
        self._listening.listen(64)
        self.url = f"http://{self._server.hostname}:{self._listening.getsockname()[1]}"
        self._most: int | None = None
        self._loses_answers = False
        self.standing = threading.Event()
        self._is_cut = threading.Event()
        self._ends: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def let_through(self, most: int) -> None:
        """Let no more than so many bytes of a request through from now on."""
        self.standing.clear()
        self._is_cut.clear()
        self._most = most

    def cut(self) -> None:
        """Break what stands still."""
        self._is_cut.set()

    def lose_answers(self) -> None:
        """Let requests through and no answers back from now on."""
        self._loses_answers = True

    def mend(self) -> None:
        """Pass everything on again."""
        self._most = None
        self._loses_answers = False

    def close(self) -> None:
        """Take no more connections, break those that there are, and let the server come to rest.

        What the server still does for a broken connection must not outlive the test's database.
        """
        self._is_cut.set()
        # Closing alone would let one more in: the thread that accepts is waiting for it.
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for end in self._ends:
            break_off(end)
        wait_until(lambda: not any(map(serves, threading.enumerate())), what="the server works on")

    def _accept(self) -> None:
        with suppress(OSError):  # the listening has been closed
            while True:
                browser, _address = self._listening.accept()
                server = socket.create_connection((self._server.hostname, self._server.port or 80))
                self._ends += [browser, server]
                for work in (self._upwards, self._downwards):
                    threading.Thread(target=work, args=(browser, server), daemon=True).start()

    def _upwards(self, browser: socket.socket, server: socket.socket) -> None:
        """Pass on what the browser sends; each request begins a piece of its own."""
        passed = 0
        with suppress(OSError):
            while piece := browser.recv(PIECE):
                if piece.startswith((b"GET ", b"POST ")):
                    passed = 0
                passed += len(piece)
                if self._most is not None and passed > self._most:
                    self.standing.set()
                    self._is_cut.wait()
                    break_off(browser)
                    break_off(server)
                    return
                server.sendall(piece)
            server.shutdown(socket.SHUT_WR)

    def _downwards(self, browser: socket.socket, server: socket.socket) -> None:
        """Pass on what the server answers."""
        with suppress(OSError):
            while piece := server.recv(PIECE):
                if self._loses_answers:
                    break_off(browser)
                    break
                browser.sendall(piece)
        for end in (browser, server):
            end.close()


def serves(thread: threading.Thread) -> bool:
    """Tell whether the thread answers a connection of the test's server."""
    return "process_request_thread" in thread.name


def break_off(end: socket.socket) -> None:
    """Close a connection so that the other end sees it broken."""
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        # The thread that waits for an answer on it is woken.
        end.shutdown(socket.SHUT_RD)
        end.close()
