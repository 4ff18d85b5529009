"""Addresses of the packet."""

from django.urls import path

from rounds.selection.proposing import views

urlpatterns = [
    path(
        "manage/rounds/<slug:slug>/selection/packet/",
        views.packet_send,
        name="packet-send",
    ),
    path(
        "manage/rounds/<slug:slug>/selection/packet/draft/",
        views.packet_draft,
        name="packet-draft",
    ),
    path(
        "manage/rounds/<slug:slug>/selection/packet/<int:number>/",
        views.packet_sent,
        name="packet-sent",
    ),
    path(
        "manage/rounds/<slug:slug>/selection/packet/<int:number>/dossier/",
        views.packet_dossier,
        name="packet-dossier",
    ),
    path(
        "manage/rounds/<slug:slug>/selection/packet/<int:number>/sheet/",
        views.packet_sheet,
        name="packet-sheet",
    ),
]
