"""Addresses of assessing."""

from django.urls import path

from rounds.selection.assessing import assessor_views, views

urlpatterns = [
    path("manage/rounds/<slug:slug>/assess/", views.assess_next, name="assess-next"),
    path(
        "manage/rounds/<slug:slug>/assessors/",
        assessor_views.round_assessors,
        name="round-assessors",
    ),
    path("challenges/<int:pk>/assess/", views.challenge_assess, name="challenge-assess"),
    path("challenges/<int:pk>/let-stand/", views.challenge_let_stand, name="challenge-let-stand"),
    path(
        "challenges/<int:pk>/stand-aside/",
        views.challenge_stand_aside,
        name="challenge-stand-aside",
    ),
    path("challenges/<int:pk>/take-back/", views.challenge_take_back, name="challenge-take-back"),
]
