"""Addresses that are the same in every language: what robots look for, and short links."""

from django.urls import path

from rounds.call import sitemap
from rounds.call.campaigns import views_public

urlpatterns = [
    path("sitemap.xml", sitemap.sitemap_file, name="sitemap"),
    path("robots.txt", sitemap.robots, name="robots"),
    path("r/<str:token>/", views_public.visit, name="campaign-link"),
]
