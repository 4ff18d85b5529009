"""Print the path of Chromium: `python -m dev.chromium`."""

from __future__ import annotations

import contextlib
import sys

from dev import system

if __name__ == "__main__":
    with contextlib.redirect_stdout(sys.stderr):
        path = system.ensure_chromium()
    print(path)
