"""Addresses of the pages of letters."""

from django.urls import path

from rounds.planning.outbox import handling, sending, views

urlpatterns = [
    path("manage/letters/", views.letters, name="letters"),
    path("manage/letters/send/", sending.letters_send, name="letters-send"),
    path("manage/letters/<int:pk>/", views.letter, name="letter"),
    path("manage/letters/<int:pk>/edit/", handling.letter_edit, name="letter-edit"),
    path("manage/letters/<int:pk>/again/", handling.letter_again, name="letter-again"),
    path("manage/letters/<int:pk>/cancel/", handling.letter_cancel, name="letter-cancel"),
    path("manage/letters/<int:pk>/settle/", handling.letter_settle, name="letter-settle"),
    path("manage/rounds/<slug:slug>/letters/", views.round_letters, name="round-letters"),
]
