"""Addresses that are the same in every language: what robots look for at the root."""

from django.urls import path

from rounds.call import sitemap

urlpatterns = [
    path("sitemap.xml", sitemap.sitemap_file, name="sitemap"),
    path("robots.txt", sitemap.robots, name="robots"),
]
