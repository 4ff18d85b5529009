"""The shared part of the portal as a Django app: template tags, checks, commands."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Registers the deployment checks."""

    name = "minno_portal"
    label = "portal"

    def ready(self) -> None:
        """Load the checks."""
        from minno_portal import checks  # noqa: F401 (registers)
