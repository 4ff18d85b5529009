"""Answers for whatever watches the portal."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from minno_portal.health import checks, heartbeat


@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """Say that the process answers; HealthMiddleware says it before anything else is asked."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Say whether the portal can serve: 200, or 503 with the parts that fail."""
    results = checks.run()
    is_ready = all(word == "ok" for word in results.values())
    return JsonResponse(
        {
            "status": "ok" if is_ready else "failed",
            "checks": results,
            "signs_of_life": heartbeat.signs_of_life(),
        },
        status=200 if is_ready else 503,
    )
