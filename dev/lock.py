"""Lock the newest versions that pyproject.toml allows: `python -m dev.lock`.

One resolution for Linux and macOS and every Python the project supports; hashes, but no addresses.
"""

from __future__ import annotations

import shutil
import subprocess
import sys

from dev.bootstrap import ROOT

# The largest first: the smaller ones take its versions, so that all three agree.
LOCKS = {
    "requirements-dev.txt": ("embedded", "dev"),
    "requirements-demo.txt": ("embedded",),
    "requirements.txt": (),
}


def main() -> None:
    """Write the three locks; `--upgrade` is given on to uv."""
    uv = shutil.which("uv", path=str(ROOT / ".venv" / "bin")) or "uv"
    largest = next(iter(LOCKS))
    for name, extras in LOCKS.items():
        command = [uv, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
        command += ["--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"]
        command += ["--no-annotate", "--custom-compile-command", "make lock"]
        command += [part for extra in extras for part in ("--extra", extra)]
        if name != largest:
            command += ["--constraint", largest]
        command += ["pyproject.toml", "--output-file", name, *sys.argv[1:]]
        subprocess.run(command, cwd=ROOT, check=True)
        print(name, flush=True)


if __name__ == "__main__":
    main()
