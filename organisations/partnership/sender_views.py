"""The page on which coordinators say under what name, sign-off and logo letters go out."""

from __future__ import annotations

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minno_portal.errors import Refused
from minno_portal.file_errors import FileRefused
from minno_portal.uploads import had_too_large_file
from organisations.access import SignedInRequest, posted, require, say_why
from organisations.partnership.choosing import partnerships_with
from organisations.partnership.models import Partnership
from organisations.partnership.sender_forms import SenderForm
from organisations.partnership.sending import LogoTooLarge, remove_logo, set_logo, set_sender

SEE, CHANGE = "organisations.see_sender", "organisations.change_sender"


@login_required
def sender(request: SignedInRequest) -> HttpResponse:
    """Open the sender of the person's partnership, or let them choose one of several."""
    found = partnerships_with(SEE, request.user)
    if len(found) == 1:
        return redirect("texts-sender-of", found[0].pk)
    context = {"partnerships": found, "url_name": "texts-sender-of"}
    return render(request, "rounds/planning/texts/choose.html", context)


@login_required
def sender_of(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change what stands around every letter of a partnership."""
    partnership = _partnership(request, pk)
    form = SenderForm(posted(request), request.FILES or None, partnership=partnership)
    if request.method == "POST":
        require(CHANGE, request.user, partnership)
        if had_too_large_file(request):
            form.add_error("logo", str(LogoTooLarge().sentence))
        if form.is_valid() and _saved(request, partnership, form):
            messages.success(request, _("The changes were saved."))
            return redirect("texts-sender-of", pk)
        # What the refused saving has written into the object is not what is stored.
        partnership = _partnership(request, pk)
    context = {
        "partnership": partnership,
        "form": form,
        "can_change": rules.has_perm(CHANGE, request.user, partnership),
    }
    return render(request, "organisations/sender.html", context)


def _saved(request: SignedInRequest, partnership: Partnership, form: SenderForm) -> bool:
    """Save everything or nothing; a refusal becomes the form's error."""
    data, actor = form.cleaned_data, request.user
    try:
        with transaction.atomic():
            set_sender(
                partnership.pk,
                name=data["sender_name"],
                reply_to=data["reply_to"],
                sign_offs=form.sign_offs,
                actor=actor,
            )
            if data.get("remove_logo"):
                remove_logo(partnership.pk, actor=actor)
            if data["logo"]:
                set_logo(partnership.pk, upload=data["logo"], actor=actor)
    except FileRefused as refusal:
        form.add_error("logo", str(refusal.sentence))
    except ValidationError as error:
        form.add_error(None, error.messages)
    except Refused as refusal:
        say_why(request, refusal)
    else:
        return True
    return False


@login_required
@require_safe
def logo(request: SignedInRequest, pk: int) -> FileResponse:
    """Send the logo of a partnership's letters, for the portal's own pages."""
    partnership = _partnership(request, pk)
    try:
        file = partnership.logo.open("rb")
    except (FileNotFoundError, ValueError) as missing:
        raise Http404 from missing
    kind = "image/png" if str(partnership.logo).endswith(".png") else "image/jpeg"
    response = FileResponse(file, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-cache"
    return response


def _partnership(request: SignedInRequest, pk: int) -> Partnership:
    found = Partnership.objects.visible_to(request.user)
    partnership: Partnership = get_object_or_404(
        found.select_related("coordinator", "institution"), pk=pk
    )
    require(SEE, request.user, partnership)
    return partnership
