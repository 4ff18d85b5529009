"""Addresses: the same in three languages, Finnish without a prefix."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("healthz/", include("minno_portal.health.urls")),
    path("", include("rounds.call.urls_once")),
    # A mail service tells here what has become of letters.
    *([path("anymail/", include("anymail.urls"))] if settings.MAIL_SERVICE else []),
    *i18n_patterns(
        path("", include("rounds.call.urls")),
        path("", include("rounds.outcomes.urls")),
        path("", include("rounds.planning.urls")),
        path("", include("rounds.challenges.urls")),
        path("", include("rounds.selection.urls")),
        path("", include("rounds.projects.urls")),
        path("", include("rounds.feedback.urls")),
        path("", include("rounds.reports.urls")),
        path("", include("organisations.urls")),
        path("accounts/", include("allauth.urls")),
        path("admin/", admin.site.urls),
        *([path("demo/", include("demo.urls"))] if settings.DEMO else []),
        prefix_default_language=False,
    ),
]
