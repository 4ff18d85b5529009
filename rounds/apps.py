"""What the parties do together, one folder a step of the operating model."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _

STEPS = (
    "planning",
    "call",
    "challenges",
    "selection",
    "projects",
    "fest",
    "outcomes",
    "feedback",
    "reports",
)


class RoundsConfig(AppConfig):
    """Loads what each step registers: permissions, handlers, examples of its letters."""

    name = "rounds"
    verbose_name = _("Rounds")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import each step's permissions, handlers and examples where it has them."""
        for step in STEPS:
            package = import_module(f"rounds.{step}")
            for module in ("permissions", "handlers", "examples"):
                if module_has_submodule(package, module):
                    import_module(f"rounds.{step}.{module}")
