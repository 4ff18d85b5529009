"""Addresses of inviting, being invited and acting for an organisation."""

from django.urls import URLPattern, path

from organisations.membership import claim_views, views

PEOPLE = "organisations/<int:pk>/people/<int:membership>"

urlpatterns: list[URLPattern] = [
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("organisations/<int:pk>/invite/", views.invite, name="invite"),
    path(
        "organisations/<int:pk>/invitations/<int:invitation>/cancel/",
        views.invitation_cancel,
        name="invitation-cancel",
    ),
    path(f"{PEOPLE}/approve/", claim_views.membership_approve, name="membership-approve"),
    path(f"{PEOPLE}/refuse/", claim_views.membership_refuse, name="membership-refuse"),
    path(f"{PEOPLE}/end/", claim_views.membership_end, name="membership-end"),
]
