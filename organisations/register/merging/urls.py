"""Addresses of merging."""

from django.urls import URLPattern, path

from organisations.register.merging import views

urlpatterns: list[URLPattern] = [
    path("", views.register_merge_choose, name="register-merge-choose"),
    path("<int:other>/", views.register_merge, name="register-merge"),
]
