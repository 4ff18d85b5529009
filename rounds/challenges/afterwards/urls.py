"""Addresses of what comes after submitting."""

from django.urls import path

from rounds.challenges.afterwards import views

urlpatterns = [
    path("challenges/<int:pk>/receipt/", views.challenge_receipt, name="challenge-receipt"),
    path(
        "challenges/<int:pk>/receipt.pdf",
        views.challenge_receipt_pdf,
        name="challenge-receipt-pdf",
    ),
    path("challenges/<int:pk>/contact/", views.challenge_contact, name="challenge-contact"),
    path("challenges/<int:pk>/copy/", views.challenge_copy, name="challenge-copy"),
]
