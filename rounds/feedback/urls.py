"""Addresses of this step."""

from django.urls import URLPattern, path

from rounds.feedback import views

urlpatterns: list[URLPattern] = [
    path("feedback/thanks/", views.feedback_thanks, name="feedback-thanks"),
    path("feedback/<str:token>/", views.feedback, name="feedback"),
    path("manage/rounds/<slug:slug>/feedback/", views.round_feedback, name="round-feedback"),
    path("manage/rounds/<slug:slug>/feedback/ask/", views.feedback_ask, name="feedback-ask"),
]
