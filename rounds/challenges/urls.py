"""Addresses of this step."""

from django.urls import include, path

from rounds.challenges import comment_views, form_preview, list_views, public, views

urlpatterns = [
    path("rounds/<slug:slug>/form/", public.public_form, name="public-form"),
    path(
        "manage/rounds/<slug:slug>/form/preview/",
        form_preview.round_form_preview,
        name="round-form-preview",
    ),
    path("challenges/", list_views.challenges, name="challenges"),
    path("challenges/<int:pk>/", views.challenge_page, name="challenge"),
    path("challenges/<int:pk>/withdraw/", views.challenge_withdraw, name="challenge-withdraw"),
    path("challenges/<int:pk>/comment/", comment_views.challenge_comment, name="challenge-comment"),
    path(
        "challenges/<int:pk>/ask-completion/",
        comment_views.challenge_ask_completion,
        name="challenge-ask-completion",
    ),
    path(
        "challenges/<int:pk>/end-completion/",
        comment_views.challenge_end_completion,
        name="challenge-end-completion",
    ),
    path("", include("rounds.challenges.writing.urls")),
    path("", include("rounds.challenges.helping.urls")),
    path("", include("rounds.challenges.attachments.urls")),
    path("", include("rounds.challenges.afterwards.urls")),
    path("manage/rounds/<slug:slug>/challenges/", include("rounds.challenges.table.urls")),
]
