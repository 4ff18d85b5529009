"""Addresses of what stands around a partnership's letters."""

from django.urls import URLPattern, path

from organisations.partnership import sender_views

urlpatterns: list[URLPattern] = [
    path("manage/letters/sender/", sender_views.sender, name="texts-sender"),
    path("manage/letters/sender/<int:pk>/", sender_views.sender_of, name="texts-sender-of"),
    path("manage/letters/sender/<int:pk>/logo/", sender_views.logo, name="texts-logo"),
]
