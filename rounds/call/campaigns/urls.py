"""Addresses of campaigns."""

from django.urls import path

from rounds.call.campaigns import views, views_export, views_public, views_sending

ROUND = "manage/rounds/<slug:slug>/letters/campaigns"

urlpatterns = [
    path(f"{ROUND}/", views.campaigns, name="campaigns"),
    path(f"{ROUND}/new/<slug:purpose>/", views.campaign_new, name="campaign-new"),
    path(f"{ROUND}/<int:pk>/", views_sending.campaign, name="campaign"),
    path(f"{ROUND}/<int:pk>/edit/", views.campaign_edit, name="campaign-edit"),
    path(f"{ROUND}/<int:pk>/delete/", views.campaign_delete, name="campaign-delete"),
    path(f"{ROUND}/<int:pk>/readers/", views_sending.campaign_readers, name="campaign-readers"),
    path(f"{ROUND}/<int:pk>/test/", views_sending.campaign_test, name="campaign-test"),
    path(f"{ROUND}/<int:pk>/send/", views_sending.campaign_send, name="campaign-send"),
    path(f"{ROUND}/<int:pk>/stop/", views_sending.campaign_stop, name="campaign-stop"),
    path(f"{ROUND}/<int:pk>/progress/", views_sending.campaign_progress, name="campaign-progress"),
    path(
        f"{ROUND}/<int:pk>/export/<slug:kind>/",
        views_export.campaign_export,
        name="campaign-export",
    ),
    path("unsubscribe/<str:token>/", views_public.unsubscribing, name="campaign-unsubscribe"),
]
