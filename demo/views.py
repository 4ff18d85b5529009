"""The demo's door: become any of its people, and read the mail the portal has sent."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from demo import mailbox
from demo.people import BY_KEY, CAST
from organisations.people.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
def door(request: HttpRequest) -> HttpResponse:
    """List the people and the newest letters."""
    return render(request, "demo/door.html", {"cast": CAST, "letters": mailbox.newest()})


@require_POST
def become(request: HttpRequest, key: str) -> HttpResponse:
    """Sign in as one of the demo's people."""
    if key not in BY_KEY:
        raise Http404
    person = get_object_or_404(User, email=BY_KEY[key].email)
    login(request, person, backend=BACKEND)
    in_admin = person.is_superuser
    return redirect(reverse("admin:index") if in_admin else reverse("desk"))


@never_cache
def arrived_letter(request: HttpRequest, key: str) -> HttpResponse:
    """Show one letter as it arrived."""
    found = mailbox.letter(key)
    if found is None:
        raise Http404
    return render(request, "demo/letter.html", {"letter": found})
