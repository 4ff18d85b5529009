"""Addresses of this step."""

from django.urls import URLPattern, path

from rounds.reports import views

urlpatterns: list[URLPattern] = [
    path("manage/rounds/<slug:slug>/report/", views.round_report, name="round-report"),
    path("manage/rounds/<slug:slug>/report/start/", views.report_start, name="report-start"),
    path("reports/<int:pk>/progress/", views.report_progress, name="report-progress"),
    path("reports/<int:pk>/file/", views.report_download, name="report-download"),
]
