"""The portal's addresses with the demo's door, which only DEMO=1 adds."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from minno_portal.urls import urlpatterns as portal

urlpatterns = [
    *portal,
    *i18n_patterns(path("demo/", include("demo.urls")), prefix_default_language=False),
]
