"""Addresses of this step."""

from django.urls import path

from rounds.selection import criteria_views, views, views_deciding

urlpatterns = [
    path("manage/rounds/<slug:slug>/selection/", views.round_selection, name="round-selection"),
    path(
        "manage/rounds/<slug:slug>/selection/packet/",
        views_deciding.packet_send,
        name="packet-send",
    ),
    path(
        "manage/rounds/<slug:slug>/selection/announce/",
        views_deciding.decisions_announce,
        name="decisions-announce",
    ),
    path("manage/rounds/<slug:slug>/criteria/", criteria_views.criteria, name="round-criteria"),
    path("challenges/<int:pk>/assess/", views.challenge_assess, name="challenge-assess"),
    path("challenges/<int:pk>/move/", views.ranking_move, name="ranking-move"),
    path(
        "challenges/<int:pk>/set-aside/",
        views_deciding.challenge_set_aside,
        name="challenge-set-aside",
    ),
    path("challenges/<int:pk>/decision/", views_deciding.decision_edit, name="decision-edit"),
    path(
        "challenges/<int:pk>/promote/", views_deciding.challenge_promote, name="challenge-promote"
    ),
]
