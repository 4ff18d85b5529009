"""Addresses of this step."""

from django.urls import path

from rounds.selection import board_urls, criteria_views
from rounds.selection.assessing import urls as assessing
from rounds.selection.deciding import urls as deciding
from rounds.selection.proposing import urls as proposing

urlpatterns = [
    *board_urls.urlpatterns,
    *proposing.urlpatterns,
    path("manage/rounds/<slug:slug>/criteria/", criteria_views.criteria, name="round-criteria"),
    *assessing.urlpatterns,
    *deciding.urlpatterns,
]
