"""Addresses of the communication kit."""

from django.urls import path

from rounds.call.kit import views

urlpatterns = [
    path("manage/rounds/<slug:slug>/kit/", views.kit, name="round-kit"),
    path("manage/rounds/<slug:slug>/kit/<slug:key>/", views.kit, name="round-kit-moment"),
    path(
        "manage/rounds/<slug:slug>/kit/<slug:key>/poster-<slug:language>.pdf",
        views.poster,
        name="round-kit-poster",
    ),
    path(
        "manage/rounds/<slug:slug>/kit/<slug:key>/picture-<slug:language>.png",
        views.picture,
        name="round-kit-picture",
    ),
]
