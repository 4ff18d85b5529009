"""A person's own page."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from organisations.access import SignedInRequest
from organisations.mailing.services import subscribe_again, unsubscribe, writing_to
from organisations.people import services
from organisations.people.exports import data_of
from organisations.people.forms import MeForm
from organisations.people.models import User
from organisations.people.second_factor import has_second_factor, needs_second_factor


@login_required
def me(request: SignedInRequest) -> HttpResponse:
    """Show and change what one tells of oneself."""
    # The form writes to its own copy: the page's head shows the person as stored.
    person = User.objects.get(pk=request.user.pk)
    ties = request.user.ties
    form = MeForm(
        request.POST or None, instance=person, gets_digest=bool(ties.coordinator or ties.staff)
    )
    if request.method == "POST" and form.is_valid():
        services.update_person(person.pk, **form.cleaned_data, actor=request.user)
        messages.success(request, _("Your details were saved."))
        return redirect("me")
    context = {
        "form": form,
        "memberships": person.memberships.select_related("organisation").order_by("pk"),
        "has_second_factor": has_second_factor(person),
        "needs_second_factor": needs_second_factor(request.user),
        # Announcements go to associations; the two parties write them.
        "announcing": writing_to(person.email) if ties.contact else (),
    }
    return render(request, "organisations/me.html", context)


@login_required
@require_POST
def announcements(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take or leave a partnership's announcements of calls, at one's own address."""
    partnership = get_object_or_404(writing_to(request.user.email), pk=pk)
    change = subscribe_again if "again" in request.POST else unsubscribe
    change(request.user.email, partnership_id=partnership.pk)
    messages.success(request, _("Your choice was saved."))
    return redirect("me")


@login_required
@never_cache
@require_safe
def my_data(request: SignedInRequest) -> HttpResponse:
    """Give everything that is held of oneself as a file."""
    answer = JsonResponse(
        data_of(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    answer["Content-Disposition"] = 'attachment; filename="minno.json"'
    return answer


def sign_up(request: HttpRequest) -> HttpResponse:
    """Lead to the one way in: the sign-in code makes the account of a newcomer."""
    page = redirect(settings.LOGIN_URL)
    if "next" in request.GET:
        page["Location"] += f"?{urlencode({'next': request.GET['next']})}"
    return page
