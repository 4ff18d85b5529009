"""How tests look at the table."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.test import Client
from django.urls import reverse

from rounds.models import Round


def table(client: Client, round_: Round, **query: str) -> Any:
    url = reverse("round-challenges", args=[round_.slug])
    return client.get(f"{url}?{urlencode(query)}")


def titles(response: Any) -> list[str]:
    return [row["shown_title"] for row in response.context["table"].rows]
