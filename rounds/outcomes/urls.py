"""Addresses of this step."""

from django.urls import URLPattern, path

from rounds.outcomes import feeds, public, views

urlpatterns: list[URLPattern] = [
    path("outcomes/", public.public_outcomes, name="public-outcomes"),
    path("outcomes.atom", feeds.outcomes_feed, name="outcomes-feed"),
    path("outcomes/<int:pk>/edit/", views.outcome_edit, name="outcome-edit"),
    path("outcomes/<int:pk>/publish/", views.outcome_publish, name="outcome-publish"),
    path("outcomes/<int:pk>/hide/", views.outcome_hide, name="outcome-hide"),
    path("challenges/<int:pk>/outcomes/new/", views.outcome_new, name="outcome-new"),
    path("manage/rounds/<slug:slug>/outcomes/", views.round_outcomes, name="round-outcomes"),
]
