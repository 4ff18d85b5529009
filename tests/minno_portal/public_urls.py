"""Pages that the tests of the page cache look at."""

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import path

from minno_portal.public_pages import public_page


@public_page(seconds=60)
def counted(request: HttpRequest) -> HttpResponse:
    """How many people there are, and who asks."""
    return HttpResponse(f"{get_user_model().objects.count()} people, seen by {request.user}")


@public_page(seconds=60)
def with_form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f'<input name="csrfmiddlewaretoken" value="{get_token(request)}">')


@public_page(seconds=60)
def missing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("gone", status=404)


def unmarked(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{get_user_model().objects.count()} people")


urlpatterns = [
    path("counted/", counted),
    path("form/", with_form),
    path("missing/", missing),
    path("unmarked/", unmarked),
]
