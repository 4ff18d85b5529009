"""Addresses of the public pages."""

from django.urls import path

from rounds.call import views

urlpatterns = [
    path("", views.landing, name="landing"),
    path("rounds/", views.public_rounds, name="public-rounds"),
    path("rounds/<slug:slug>/", views.public_round, name="public-round"),
    path("rounds/<slug:slug>/dates.ics", views.public_round_dates, name="public-round-dates"),
    path("how-it-works/", views.how_it_works, name="how-it-works"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("cookies/", views.cookies, name="cookies"),
    path("terms/", views.terms, name="terms"),
]
