"""Addresses of the board."""

from django.urls import path

from rounds.selection import board_views

urlpatterns = [
    path(
        "manage/rounds/<slug:slug>/selection/", board_views.round_selection, name="round-selection"
    ),
    path("challenges/<int:pk>/move/", board_views.ranking_move, name="ranking-move"),
]
