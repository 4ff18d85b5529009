"""The outbox: every e-mail as a row, and its delivery."""

from django.apps import AppConfig, apps


class OutboxConfig(AppConfig):
    """Letters and their delivery."""

    name = "minno_portal.outbox"
    label = "outbox"

    def ready(self) -> None:
        """Listen to the mail service, where there is one."""
        if apps.is_installed("anymail"):
            from minno_portal.outbox.bounces import service

            service.connect()
