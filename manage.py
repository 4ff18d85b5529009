#!/usr/bin/env python
"""Run Django's commands for the MINNO portal."""

import os
import sys

from minno_portal import embedded


def main() -> None:
    """Start what the environment does not name (database, queue), then run the command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minno_portal.settings")
    embedded.provide(os.environ)

    from django.core.management import execute_from_command_line  # noqa: PLC0415 (after the servers)

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
