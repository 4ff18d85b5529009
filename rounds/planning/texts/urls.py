"""Addresses of the own texts of letters."""

from django.urls import path

from rounds.planning.texts import views

urlpatterns = [
    path("manage/letters/texts/", views.texts, name="texts"),
    path("manage/letters/texts/<int:pk>/", views.texts_of, name="texts-of"),
    path(
        "manage/letters/texts/<int:pk>/<slug:kind>/<slug:language>/",
        views.text_edit,
        name="text-edit",
    ),
    path("manage/rounds/<slug:slug>/letters/texts/", views.round_texts, name="round-texts"),
    path(
        "manage/rounds/<slug:slug>/letters/texts/<slug:kind>/<slug:language>/",
        views.round_texts_edit,
        name="round-texts-edit",
    ),
]
