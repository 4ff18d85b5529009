"""Addresses of this step."""

from django.urls import URLPattern, URLResolver, include, path

from rounds.planning import (
    desk,
    views,
    views_calendar,
    views_list,
    views_move,
    views_new,
    views_settings,
    views_work,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/", desk.desk, name="desk"),
    path("manage/rounds/", views_list.rounds, name="rounds"),
    path("manage/rounds/new/", views_new.new_round, name="round-new"),
    path("manage/rounds/<slug:slug>/", views.overview, name="round"),
    path("manage/rounds/<slug:slug>/publish/", views.publish, name="round-publish"),
    path("manage/rounds/<slug:slug>/archive/", views_list.archive, name="round-archive"),
    path("manage/rounds/<slug:slug>/restore/", views_list.restore, name="round-restore"),
    path("manage/rounds/<slug:slug>/settings/", views_settings.settings, name="round-settings"),
    path("manage/rounds/<slug:slug>/text/", views_settings.edit_text, name="round-text"),
    path("manage/rounds/<slug:slug>/calendar/", views_calendar.edit, name="round-calendar"),
    path("manage/rounds/<slug:slug>/calendar/move/", views_move.move, name="round-move"),
    path("manage/rounds/<slug:slug>/work/", views_work.work, name="round-work"),
    path(
        "manage/rounds/<slug:slug>/work/<int:pk>/delete/",
        views_work.delete,
        name="round-work-delete",
    ),
    path("", include("rounds.planning.outbox.urls")),
    path("", include("rounds.planning.texts.urls")),
    path("", include("rounds.planning.reminding.urls")),
]
