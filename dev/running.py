"""A lock that says which portal runs on a folder."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import Self, TextIO


class Running:
    """Hold the folder's lock inside the block; it goes with the process, even when killed.

    :raises Running.Already: when another process holds it.
    """

    class Already(Exception):
        """A portal runs on this folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._handle: TextIO | None = None

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._handle = (self.folder / "portal.lock").open("a")
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._handle.close()
            raise Running.Already(f"The portal already runs on {self.folder}.") from None
        return self

    def __exit__(self, *exception: object) -> None:
        if self._handle:
            self._handle.close()
