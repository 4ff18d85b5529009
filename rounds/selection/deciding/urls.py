"""Addresses of deciding and telling."""

from django.urls import path

from rounds.selection.deciding import views, views_announcing, views_log, views_own

_OF_ROUND = "manage/rounds/<slug:slug>/selection"
_OF_CHALLENGE = "challenges/<int:pk>"

urlpatterns = [
    path(f"{_OF_ROUND}/announce/", views_announcing.decisions_announce, name="decisions-announce"),
    path(f"{_OF_ROUND}/log/", views_log.decision_log, name="decision-log"),
    path(f"{_OF_CHALLENGE}/set-aside/", views.challenge_set_aside, name="challenge-set-aside"),
    path(f"{_OF_CHALLENGE}/decision/", views.decision_edit, name="decision-edit"),
    path(f"{_OF_CHALLENGE}/decision/take-back/", views.decision_reopen, name="decision-reopen"),
    path(f"{_OF_CHALLENGE}/decision/change/", views.decision_change, name="decision-change"),
    path(
        f"{_OF_CHALLENGE}/decision/correct/",
        views_announcing.decision_correct,
        name="decision-correct",
    ),
    path(f"{_OF_CHALLENGE}/promote/", views.challenge_promote, name="challenge-promote"),
    path(
        f"{_OF_CHALLENGE}/take-part/", views_own.participation_confirm, name="participation-confirm"
    ),
    path(f"{_OF_CHALLENGE}/feedback/", views_own.feedback_wish, name="feedback-wish"),
    path(f"{_OF_CHALLENGE}/feedback/answer/", views_own.feedback_answer, name="feedback-answer"),
]
