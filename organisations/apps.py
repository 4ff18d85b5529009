"""Who takes part: people, organisations, memberships, partnerships."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Loads the permissions of each part."""

    name = "organisations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the permissions."""
        from organisations import permissions  # noqa: F401 (registers)
