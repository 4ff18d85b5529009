"""Addresses of this step."""

from django.urls import path

from rounds.challenges import comment_views, list_views, public, views, writing_views

urlpatterns = [
    path("rounds/<slug:slug>/form/", public.public_form, name="public-form"),
    path("challenges/", list_views.challenges, name="challenges"),
    path("challenges/new/<slug:slug>/", writing_views.challenge_new, name="challenge-new"),
    path("challenges/<int:pk>/", views.challenge_page, name="challenge"),
    path(
        "challenges/<int:pk>/edit/<slug:section>/",
        writing_views.challenge_edit,
        name="challenge-edit",
    ),
    path("challenges/<int:pk>/submit/", writing_views.challenge_submit, name="challenge-submit"),
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
    path(
        "manage/rounds/<slug:slug>/challenges/",
        list_views.round_challenges,
        name="round-challenges",
    ),
]
