"""Addresses of this step."""

from django.urls import URLPattern, path

from rounds.projects import views

urlpatterns: list[URLPattern] = [
    path("manage/rounds/<slug:slug>/projects/", views.round_projects, name="round-projects"),
    path("challenges/<int:pk>/team/", views.team_new, name="team-new"),
    path("teams/<int:pk>/", views.team_edit, name="team-edit"),
    path("challenges/<int:pk>/start/", views.project_start, name="project-start"),
    path("challenges/<int:pk>/complete/", views.project_complete, name="project-complete"),
]
