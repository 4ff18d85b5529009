"""What every page's template knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, Any]:
    """Return the portal's name and whether this is a demo."""
    return {"site_name": settings.SITE_NAME, "is_demo": settings.DEMO}
