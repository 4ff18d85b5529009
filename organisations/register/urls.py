"""Addresses of the register: an organisation's own pages, and the coordinators' table."""

from django.urls import URLPattern, URLResolver, include, path

from organisations.register import contact_views, list_views, profile_views, views

OWN = "organisations"
KEPT = "manage/organisations"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{OWN}/new/", views.organisation_new, name="organisation-new"),
    path(f"{OWN}/<int:pk>/", views.organisation, name="organisation"),
    path(f"{OWN}/<int:pk>/edit/", views.organisation_edit, name="organisation-edit"),
    path(f"{OWN}/<int:pk>/contacts/new/", contact_views.contact_new, name="contact-new"),
    path(
        f"{OWN}/<int:pk>/contacts/<int:contact>/", contact_views.contact_edit, name="contact-edit"
    ),
    path(
        f"{OWN}/<int:pk>/contacts/<int:contact>/delete/",
        contact_views.contact_delete,
        name="contact-delete",
    ),
    path(f"{KEPT}/", list_views.register, name="register"),
    path(f"{KEPT}/export/<str:kind>/", list_views.register_export, name="register-export"),
    path(f"{KEPT}/duplicates/", list_views.register_duplicates, name="register-duplicates"),
    path(f"{KEPT}/import/", include("organisations.register.importing.urls")),
    path(f"{KEPT}/<int:pk>/", profile_views.register_organisation, name="register-organisation"),
    path(f"{KEPT}/<int:pk>/notes/", profile_views.register_note, name="register-note"),
    path(
        f"{KEPT}/<int:pk>/notes/<int:note>/delete/",
        profile_views.register_note_delete,
        name="register-note-delete",
    ),
    path(
        f"{KEPT}/<int:pk>/address-works/",
        contact_views.address_works_again,
        name="register-address-works",
    ),
    path(f"{KEPT}/<int:pk>/approve/", profile_views.register_approve, name="register-approve"),
    path(f"{KEPT}/<int:pk>/refuse/", profile_views.register_refuse, name="register-refuse"),
    path(f"{KEPT}/<int:pk>/merge/", include("organisations.register.merging.urls")),
]
