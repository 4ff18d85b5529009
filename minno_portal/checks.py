"""System checks: settings that would be unsafe in service."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def demo_only_with_embedded_database(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse the demo, where anybody may become anybody, on a database of its own."""
    if settings.DEMO and not settings.EMBEDDED_DATABASE:
        return [
            Error(
                "DEMO=1 works only with the embedded database.",
                hint="Unset DEMO: in the demo anybody may become any person.",
                id="portal.E001",
            )
        ]
    return []
