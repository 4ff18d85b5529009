"""Addresses of the demo."""

from django.urls import path

from demo import views

urlpatterns = [
    path("", views.door, name="demo"),
    path("become/<slug:key>/", views.become, name="demo-become"),
    path("mail/<str:key>/", views.arrived_letter, name="demo-mail"),
]
