"""Addresses of writing."""

from django.urls import path

from rounds.challenges.writing import beginning, editing, finishing, previewing, submitting

urlpatterns = [
    path("challenges/new/<slug:slug>/", beginning.challenge_new, name="challenge-new"),
    path(
        "challenges/new/<slug:slug>/preview/",
        previewing.beginning_preview,
        name="challenge-new-preview",
    ),
    path("challenges/new/<slug:slug>/finish/", finishing.challenge_finish, name="challenge-finish"),
    path("challenges/<int:pk>/edit/<slug:section>/", editing.challenge_edit, name="challenge-edit"),
    path("challenges/<int:pk>/preview/", previewing.challenge_preview, name="challenge-preview"),
    path("challenges/<int:pk>/submit/", submitting.challenge_submit, name="challenge-submit"),
]
