"""Addresses for whatever watches the portal."""

from django.urls import URLPattern, path

from minno_portal.health import views

urlpatterns: list[URLPattern] = [
    path("live", views.live, name="health-live"),
    path("ready", views.ready, name="health-ready"),
]
