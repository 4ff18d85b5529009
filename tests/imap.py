"""A small IMAP server over a real socket, with one mailbox: what reading bounces needs, no more."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Kept:
    """A message of the mailbox, with its flags."""

    raw: bytes
    flags: set[str] = field(default_factory=set)


@dataclass
class Mailbox:
    """What the server holds; `breaks_at` is a command at which it hangs up, once."""

    user: str = "bounces@example.org"
    password: str = "pa/ss:w@rd"
    folder: str = "INBOX"
    messages: list[Kept] = field(default_factory=list)
    breaks_at: str = ""
    said: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        """What BOUNCE_IMAP_URL says to read here."""
        return f"imap://bounces%40example.org:pa%2Fss%3Aw%40rd@127.0.0.1:{self.port}/{self.folder}"

    def put(self, raw: bytes) -> Kept:
        """Let a message arrive."""
        self.messages.append(Kept(raw))
        return self.messages[-1]


class _Handler(socketserver.StreamRequestHandler):
    mailbox: Mailbox

    def handle(self) -> None:
        self._say("* OK here")
        while line := self.rfile.readline():
            tag, _space, command = line.decode().strip().partition(" ")
            self.mailbox.said.append(command)
            name = command.upper().removeprefix("UID ").split(" ")[0]
            if self.mailbox.breaks_at == name:
                self.mailbox.breaks_at = ""
                return
            if not self._answer(tag, name, command):
                return

    def _answer(self, tag: str, name: str, command: str) -> bool:
        refusal = self._refusal(name, command)
        if refusal:
            self._say(f"{tag} NO {refusal}")
            return True
        say = {
            "CAPABILITY": lambda _: self._say("* CAPABILITY IMAP4rev1"),
            "SELECT": lambda _: self._say(f"* {len(self.mailbox.messages)} EXISTS"),
            "SEARCH": self._search,
            "FETCH": self._fetch,
            "STORE": self._store,
            "LOGOUT": lambda _: self._say("* BYE"),
        }.get(name)
        if say:
            say(command)
        self._say(f"{tag} OK done")
        return name != "LOGOUT"

    def _refusal(self, name: str, command: str) -> str:
        box = self.mailbox
        if name == "LOGIN" and command != f'LOGIN {box.user} "{box.password}"':
            return "wrong password"
        if name == "SELECT" and command != f'SELECT "{box.folder}"':
            return "no such folder"
        return ""

    def _search(self, _command: str) -> None:
        kept = enumerate(self.mailbox.messages, 1)
        unseen = [str(number) for number, each in kept if r"\Seen" not in each.flags]
        self._say("* SEARCH " + " ".join(unseen))

    def _fetch(self, command: str) -> None:
        found = re.fullmatch(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", command)
        assert found, command
        number = int(found[1])
        if number > len(self.mailbox.messages):
            return
        raw = self.mailbox.messages[number - 1].raw[: int(found[2])]
        head = f"* {number} FETCH (UID {number} BODY[]<0> {{{len(raw)}}}\r\n"
        self.wfile.write(head.encode() + raw + b")\r\n")

    def _store(self, command: str) -> None:
        found = re.fullmatch(r"UID STORE (\d+) \+FLAGS\.SILENT \((.*)\)", command)
        assert found, command
        self.mailbox.messages[int(found[1]) - 1].flags |= set(found[2].split())

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


@contextmanager
def imap_server() -> Iterator[Mailbox]:
    """Serve a mailbox on a free port for as long as the context lasts."""
    mailbox = Mailbox()
    handler = type("Handler", (_Handler,), {"mailbox": mailbox})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        mailbox.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield mailbox
        server.shutdown()
        thread.join()
