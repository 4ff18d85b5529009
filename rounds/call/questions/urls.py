"""Addresses of the editor of a round's form."""

from django.urls import path

from rounds.call.questions import views, views_question

_FORM = "manage/rounds/<slug:slug>/form/"

urlpatterns = [
    path(_FORM, views.round_form, name="round-form"),
    path(f"{_FORM}rules/", views.round_form_rules, name="round-form-rules"),
    path(
        f"{_FORM}add/<slug:section>/", views_question.question_new, name="round-form-question-new"
    ),
    path(f"{_FORM}<int:pk>/", views_question.question_edit, name="round-form-question"),
    path(f"{_FORM}<int:pk>/move/", views.round_form_move, name="round-form-move"),
    path(f"{_FORM}<int:pk>/ask/", views.round_form_ask, name="round-form-ask"),
    path(f"{_FORM}<int:pk>/delete/", views.round_form_delete, name="round-form-delete"),
]
