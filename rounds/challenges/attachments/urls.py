"""Addresses of a challenge's files."""

from django.urls import path

from rounds.challenges.attachments import views

urlpatterns = [
    path(
        "challenges/<int:pk>/attachments/",
        views.challenge_attachments,
        name="challenge-attachments",
    ),
    path("attachments/<int:pk>/", views.attachment, name="attachment"),
    path("attachments/<int:pk>/replace/", views.attachment_replace, name="attachment-replace"),
    path("attachments/<int:pk>/remove/", views.attachment_remove, name="attachment-remove"),
]
