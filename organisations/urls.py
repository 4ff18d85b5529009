"""Addresses of people and organisations."""

from django.urls import URLPattern, URLResolver, include, path

from organisations.people.views import announcements, me, my_data, sign_up

urlpatterns: list[URLPattern | URLResolver] = [
    path("me/", me, name="me"),
    path("me/data/", my_data, name="my-data"),
    path("me/announcements/<int:pk>/", announcements, name="my-announcements"),
    path("", include("organisations.membership.urls")),
    path("", include("organisations.register.urls")),
    path("", include("organisations.partnership.urls")),
    # In front of allauth's own page of this address.
    path("accounts/signup/", sign_up, name="account_signup"),
]
