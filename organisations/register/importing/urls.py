"""Addresses of bringing a table to the register."""

from django.urls import URLPattern, path

from organisations.register.importing import views

urlpatterns: list[URLPattern] = [
    path("", views.register_import_new, name="register-import-new"),
    path("<int:pk>/", views.register_import, name="register-import"),
    path("<int:pk>/columns/", views.register_import_columns, name="register-import-columns"),
    path("<int:pk>/refused/", views.register_import_refused, name="register-import-refused"),
    path("<int:pk>/store/", views.register_import_store, name="register-import-store"),
    path("<int:pk>/drop/", views.register_import_drop, name="register-import-drop"),
]
