"""What happens when a page was too old to send: somebody has signed in or out in another window.

Nothing is done with what was posted. A page of the writing is shown again with the text in it and
a fresh token, for the person to press the button once more; other pages show the text to copy.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from organisations.access import SignedInRequest, require
from rounds.challenges.models import Challenge
from rounds.challenges.section_forms import section_form
from rounds.challenges.sections import form_of
from rounds.challenges.writing import beginning, finishing
from rounds.challenges.writing.autosave import is_autosave
from rounds.challenges.writing.pages import section_page, typed_texts

FORBIDDEN = 403


def csrf_failed(request: SignedInRequest, reason: str = "") -> HttpResponse:
    """Answer a post whose token is not the present one."""
    if is_autosave(request):
        said = _("You have signed in or out in another window. Press “Save now” to go on.")
        return JsonResponse({"message": said}, status=FORBIDDEN)
    if _is_own_page(request):
        shown = _shown_again(request)
        if shown is not None:
            return shown
    context = {"typed": typed_texts(request) if _is_own_page(request) else []}
    return render(request, "403_csrf.html", context, status=FORBIDDEN)


def _is_own_page(request: HttpRequest) -> bool:
    """Whether the browser says that the post came from a page of this portal.

    A stranger's page could otherwise have its own text shown here, one press from being stored.
    """
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    own = urlsplit(request.build_absolute_uri("/"))
    sent_from = urlsplit(origin)
    return (sent_from.scheme, sent_from.netloc) == (own.scheme, own.netloc)


def _shown_again(request: SignedInRequest) -> HttpResponse | None:
    """Return the page with what was posted, if it is one of the writing and opens to the person."""
    match = request.resolver_match
    name, arguments = (match.view_name, match.kwargs) if match else ("", {})
    try:
        if name == "challenge-new":
            return beginning.show_unsent(request, **arguments)
        if name == "challenge-finish":
            return finishing.show_unsent(request, **arguments)
        if name == "challenge-edit" and request.user.is_authenticated:
            return _section_again(request, **arguments)
    except (Http404, UnreadablePostError):
        pass
    return None


def _section_again(request: SignedInRequest, pk: int, section: str) -> HttpResponse:
    challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
    require("rounds.write_challenge", request.user, challenge)
    if section not in form_of(challenge.round).by_key:
        raise Http404
    form = section_form(challenge, section, request.POST)
    return section_page(request, challenge, form, status=FORBIDDEN, is_unsaved=True)
