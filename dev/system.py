"""What pip cannot bring: Pango, Chromium, gettext. Installed by apt as root on Debian, else named.

Only the standard library: this runs before the environment exists.
"""

from __future__ import annotations

import ctypes
import functools
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

BREW_FOLDERS = ("/opt/homebrew/lib", "/usr/local/lib")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


class Missing(SystemExit):
    """Something has to be installed by hand; the message says what to type."""


@dataclass(frozen=True)
class Need:
    """A thing of the system: what it is for, and how each system names it."""

    what: str
    debian: tuple[str, ...]
    brew: str

    def advice(self) -> str:
        """Return one sentence that says what to type."""
        if sys.platform == "darwin":
            return f"{self.what}: type  brew install {self.brew}"
        return f"{self.what}: type  sudo apt-get install {' '.join(self.debian)}"


PANGO = Need(
    "Pango, which writes the PDF reports, is missing",
    ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
    "pango",
)
CHROMIUM = Need(
    "Chromium, which the browser tests drive, is missing", ("chromium",), "--cask chromium"
)
GETTEXT = Need(
    "gettext, which collects the texts to translate, is missing", ("gettext",), "gettext"
)
VENV = Need(
    "Python's venv module is missing",
    (f"python{sys.version_info[0]}.{sys.version_info[1]}-venv",),
    "python",
)


def ensure(need: Need, is_there: bool) -> None:
    """Install `need` where that can be done without asking, else stop with what to type.

    :param is_there: whether it was found already; then nothing happens.
    :raises Missing: when it must be installed by hand.
    """
    if is_there:
        return
    if not can_apt():
        raise Missing(need.advice())
    print(f"Installing {' '.join(need.debian)} …", flush=True)
    try:
        _apt("update", "-qq")
        _apt("install", "-qq", "-y", "--no-install-recommends", *need.debian)
    except subprocess.CalledProcessError as error:
        raise Missing(f"{need.advice()} (apt-get ended with {error.returncode})") from error


def can_apt() -> bool:
    """Tell whether packages can be installed without asking anybody: root on Debian or Ubuntu."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt(*arguments: str) -> None:
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(
        ["apt-get", *arguments],
        check=True,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )


def has_pango() -> bool:
    """Tell whether the libraries that WeasyPrint loads can be loaded."""
    return all(
        _loads(name)
        for name in (
            ("libpango-1.0.so.0", "libpango-1.0.dylib"),
            ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
            ("libharfbuzz-subset.so.0", "libharfbuzz-subset.dylib"),
            ("libfontconfig.so.1", "libfontconfig.dylib"),
        )
    )


def _loads(names: tuple[str, ...]) -> bool:
    folders = ("", *(f"{folder}/" for folder in BREW_FOLDERS if sys.platform == "darwin"))
    for name in names:
        for folder in folders:
            try:
                ctypes.CDLL(folder + name)
            except OSError:
                continue
            return True
    return False


def ensure_pango() -> None:
    """Make sure that PDF reports can be written."""
    ensure(PANGO, has_pango())


def ensure_gettext() -> None:
    """Make sure that texts can be collected."""
    ensure(GETTEXT, shutil.which("xgettext") is not None and shutil.which("msgmerge") is not None)


def find_chromium() -> str:
    """Return the path of a Chromium, or an empty string."""
    wanted = os.environ.get("CHROMIUM_PATH", "")
    names = (wanted,) if wanted else (*CHROMIUM_NAMES, MAC_CHROME)
    return next((found for name in names if (found := shutil.which(name))), "")


def ensure_chromium() -> str:
    """Return the path of Chromium, installed first where that can be done without asking."""
    if wanted := os.environ.get("CHROMIUM_PATH"):
        if not shutil.which(wanted):
            raise Missing(f"CHROMIUM_PATH names {wanted}, which is not there.")
        return wanted
    ensure(CHROMIUM, bool(find_chromium()))
    return find_chromium()


@functools.cache
def library_environ() -> dict[str, str]:
    """Return what a process needs in its environment to find Homebrew's libraries on macOS."""
    if sys.platform != "darwin":
        return {}
    folders = [folder for folder in BREW_FOLDERS if Path(folder).is_dir()]
    return {"DYLD_FALLBACK_LIBRARY_PATH": ":".join([*folders, "/usr/lib"])}
