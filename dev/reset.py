"""Clear what the demo has stored: `python3 -m dev.reset`. The standard library is enough for it."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from dev.bootstrap import ROOT
from dev.running import Running

# What `make run`, the tests and the measurements keep beside the demo is not the demo's.
KEPT = {"run", "test", "figures.json"}


def main() -> None:
    """Remove the demo's data, unless the demo runs."""
    var = Path(os.environ.get("VAR_DIR") or ROOT / "var")
    if not var.exists():
        return
    try:
        with Running(var):
            clear(var)
    except Running.Already as error:
        sys.exit(f"{error} Stop it first (Ctrl-C where it runs), then type make demo-reset again.")


def clear(var: Path) -> None:
    """Remove everything in `var` but what is kept on purpose."""
    for path in var.iterdir():
        if path.name in KEPT:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


if __name__ == "__main__":
    main()
