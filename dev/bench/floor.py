"""The floor: a plain Django project that answers a signed-in person after one SELECT.

Only session and authentication middleware; the same PostgreSQL, the same gunicorn.
"""

from __future__ import annotations

import os

import environ
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

if not settings.configured:
    settings.configure(
        SECRET_KEY="floor-" + "0" * 50,
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="dev.bench.floor",
        DATABASES={
            "default": {
                **environ.Env.db_url_config(os.environ["FLOOR_DATABASE_URL"]),
                "CONN_MAX_AGE": 600,
            }
        },
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        USE_TZ=True,
    )


def answer(request: HttpRequest) -> HttpResponse:
    """Answer a signed-in person after one SELECT."""
    from django.contrib.auth.models import Group

    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    return HttpResponse(Group.objects.get(name="floor").name)


urlpatterns = [path("", answer)]


def prepare() -> str:
    """Make the tables, one person and one row; return the person's session key."""
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import Group, User
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    Group.objects.get_or_create(name="floor")
    user, _ = User.objects.get_or_create(username="floor")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def application() -> object:
    """Return the WSGI application."""
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


if __name__ == "__main__":
    print(prepare())
