"""Addresses of this step."""

from django.urls import path

from rounds.selection import views

urlpatterns = [
    path("manage/rounds/<slug:slug>/selection/", views.round_selection, name="round-selection"),
    path("manage/rounds/<slug:slug>/selection/packet/", views.packet_send, name="packet-send"),
    path(
        "manage/rounds/<slug:slug>/selection/announce/",
        views.decisions_announce,
        name="decisions-announce",
    ),
    path("challenges/<int:pk>/assess/", views.challenge_assess, name="challenge-assess"),
    path("challenges/<int:pk>/move/", views.ranking_move, name="ranking-move"),
    path("challenges/<int:pk>/set-aside/", views.challenge_set_aside, name="challenge-set-aside"),
    path("challenges/<int:pk>/decision/", views.decision_edit, name="decision-edit"),
    path("challenges/<int:pk>/promote/", views.challenge_promote, name="challenge-promote"),
]
