"""Addresses that stand in letters and their headers: links to pages, Message-IDs."""

from __future__ import annotations

import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation


def absolute_url(name: str, *args: object, language: str) -> str:
    """Return the whole address of the page `name`, in `language`.

    :param name: the name of the URL pattern.
    :param args: its positional arguments.
    """
    with translation.override(language):
        return site_address(name, *args)


def site_address(name: str, *args: object) -> str:
    """Return the whole address of the page `name`, in the present language.

    :param name: the name of the URL pattern.
    :param args: its positional arguments.
    """
    return str(settings.SITE_URL) + reverse(name, args=args)


def site_host() -> str:
    """Return the host name of the portal, as it stands in Message-IDs."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def new_message_id() -> str:
    """Return a Message-ID that no other letter has."""
    return f"<{uuid.uuid4().hex}@{site_host()}>"


def thread_id(label: str, key: object) -> str:
    """Return the Message-ID that all letters about one object refer to, so that they thread.

    No letter carries it as its own: mail programs join those that share the reference.

    :param label: the object's model, such as `rounds.challenge`.
    :param key: the object's primary key.
    """
    return f"<{label}.{key}@{site_host()}>"
