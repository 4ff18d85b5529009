"""Addresses of the public pages."""

from django.urls import include, path

from rounds.call import documents, feeds, views
from rounds.call.kit import views as kit_views

urlpatterns = [
    path("", views.landing, name="landing"),
    path("rounds/", views.public_rounds, name="public-rounds"),
    path("rounds/<slug:slug>/", views.public_round, name="public-round"),
    path("rounds/<slug:slug>/dates.ics", views.public_round_dates, name="public-round-dates"),
    path("rounds/<slug:slug>/picture.png", kit_views.public_picture, name="public-round-picture"),
    path("dates.ics", views.all_dates, name="public-dates"),
    path("calls.atom", feeds.calls_feed, name="calls-feed"),
    path("", include("rounds.call.questions.urls")),
    path("", include("rounds.call.kit.urls")),
    path("", include("rounds.call.campaigns.urls")),
    path("how-it-works/", views.how_it_works, name="how-it-works"),
    path("questions/", views.questions, name="questions"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("cookies/", views.cookies, name="cookies"),
    path("privacy/", documents.privacy, name="privacy"),
    path("privacy/<slug:version>/", documents.privacy_version, name="privacy-version"),
    path("terms/", documents.terms, name="terms"),
    path("terms/<slug:version>/", documents.terms_version, name="terms-version"),
]
