"""Who takes part: people, organisations, memberships, partnerships."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """Loads the permissions and handlers of each part."""

    name = "organisations"
    verbose_name = _("Organisations")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the permissions and what reacts to signals."""
        from organisations import examples, permissions  # noqa: F401 (register)
        from organisations.mailing import own_data  # noqa: F401 (registers)
        from organisations.partnership import reviewing  # noqa: F401 (registers)
        from organisations.people import handlers  # noqa: F401 (registers)
        from organisations.register import handlers as register  # noqa: F401 (registers)
