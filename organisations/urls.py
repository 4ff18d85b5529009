"""Addresses of people and organisations."""

from django.urls import URLPattern, path

from organisations.membership.views import invitation, invite
from organisations.people.views import me, my_data, sign_up
from organisations.register.views import organisation, organisation_edit, organisation_new

urlpatterns: list[URLPattern] = [
    path("me/", me, name="me"),
    path("me/data/", my_data, name="my-data"),
    path("invitations/<str:token>/", invitation, name="invitation"),
    path("organisations/new/", organisation_new, name="organisation-new"),
    path("organisations/<int:pk>/", organisation, name="organisation"),
    path("organisations/<int:pk>/edit/", organisation_edit, name="organisation-edit"),
    path("organisations/<int:pk>/invite/", invite, name="invite"),
    # In front of allauth's own page of this address.
    path("accounts/signup/", sign_up, name="account_signup"),
]
