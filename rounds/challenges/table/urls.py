"""Addresses of the table."""

from django.urls import path

from rounds.challenges.table import bulk_views, export_views, saved_views, views

urlpatterns = [
    path("", views.round_challenges, name="round-challenges"),
    path("next-unread/", views.challenge_next_unread, name="challenge-next-unread"),
    path("bulk/", bulk_views.challenges_bulk, name="challenges-bulk"),
    path("export.xlsx", export_views.challenges_xlsx, name="challenges-xlsx"),
    path("export.csv", export_views.challenges_csv, name="challenges-csv"),
    path("views/", saved_views.table_view_save, name="table-view-save"),
    path("views/<int:pk>/", saved_views.table_view, name="table-view"),
]
