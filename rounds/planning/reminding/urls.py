"""Addresses of the reminder plan."""

from django.urls import path

from rounds.planning.reminding import views

urlpatterns = [
    path("manage/rounds/<slug:slug>/letters/plan/", views.plan, name="round-plan"),
    path("manage/rounds/<slug:slug>/letters/plan/<slug:rule>/", views.move, name="round-plan-move"),
    path(
        "manage/rounds/<slug:slug>/letters/plan/<slug:rule>/switch/",
        views.switch,
        name="round-plan-switch",
    ),
]
