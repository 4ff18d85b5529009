"""Addresses of helping to shape a challenge."""

from django.urls import path

from rounds.challenges.helping import (
    compare_views,
    history_views,
    late_views,
    point_views,
    quality_views,
    similar_views,
)

urlpatterns = [
    path(
        "challenges/<int:pk>/points/<int:point>/tick/",
        point_views.challenge_tick,
        name="challenge-tick",
    ),
    path("challenges/<int:pk>/quality/", quality_views.challenge_quality, name="challenge-quality"),
    path("challenges/<int:pk>/compare/", compare_views.challenge_compare, name="challenge-compare"),
    path("challenges/<int:pk>/similar/", similar_views.challenge_similar, name="challenge-similar"),
    path("challenges/<int:pk>/history/", history_views.challenge_history, name="challenge-history"),
    path("manage/rounds/<slug:slug>/late/", late_views.round_late, name="round-late"),
    path("manage/rounds/<slug:slug>/late/<int:pk>/end/", late_views.late_end, name="late-end"),
]
