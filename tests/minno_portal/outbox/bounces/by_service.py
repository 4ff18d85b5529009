"""A portal whose letters go by a mail service, as a process of its own.

`python -m tests.minno_portal.outbox.bounces.by_service deliver LETTER` hands a letter to the
service; `… news` takes the service's news from standard input and prints the answer's status.
"""

from __future__ import annotations

import sys

import django
from django.test import Client

SECRET = "service:secret"


def main(task: str, *arguments: str) -> None:
    """Do what is asked."""
    django.setup()
    if task == "deliver":
        from minno_portal.outbox.delivery import deliver_letter

        deliver_letter(int(arguments[0]))
        return
    from base64 import b64encode

    told = b64encode(arguments[0].encode()).decode()
    answer = Client().post(
        "/anymail/postmark/tracking/",
        sys.stdin.read(),
        content_type="application/json",
        headers={"authorization": f"Basic {told}", "host": "127.0.0.1"},
    )
    print(answer.status_code)


if __name__ == "__main__":
    main(*sys.argv[1:])
