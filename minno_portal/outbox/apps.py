"""The outbox: every e-mail as a row, and its delivery."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """Letters and their delivery."""

    name = "minno_portal.outbox"
    label = "outbox"
