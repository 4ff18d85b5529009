"""Sending, replacing, removing and opening the files of a challenge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from minno_portal.errors import Refused
from minno_portal.numbers import KEY_DIGITS, whole_number
from minno_portal.uploads import had_too_large_file
from organisations.access import SignedInRequest, require
from rounds.challenges.attachments import services
from rounds.challenges.attachments.boxes import Box, boxes_of
from rounds.challenges.attachments.errors import NoFile, TooLarge
from rounds.challenges.attachments.models import Attachment
from rounds.challenges.models import Challenge

# What the page's script sends with a file and finds in the answer: then it is a box alone.
BOX_HEADER = "X-Box"


@login_required
@require_http_methods(["GET", "POST"])
def challenge_attachments(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show every box of the challenge's files, or take a new file."""
    challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
    require("rounds.write_challenge", request.user, challenge)
    if request.method == "POST":
        question_id = whole_number(request.POST.get("question", ""), digits=KEY_DIGITS)
        return _answer(
            request,
            challenge,
            question_id,
            lambda: services.add_attachment(
                pk, upload=_upload(request), question_id=question_id, actor=request.user
            ),
            done=_("The file has been stored."),
        )
    if not challenge.is_editable:
        return redirect("challenge", pk=pk)
    return _page(request, challenge, boxes_of(challenge))


@login_required
@require_POST
def attachment_replace(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a file into the place of another."""
    old = _own_attachment(request, pk)
    return _answer(
        request,
        old.challenge,
        old.question_id,
        lambda: services.replace_attachment(pk, upload=_upload(request), actor=request.user),
        done=_("The file has been replaced."),
        at=pk,
    )


@login_required
@require_POST
def attachment_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a file off the challenge."""
    old = _own_attachment(request, pk)
    return _answer(
        request,
        old.challenge,
        old.question_id,
        lambda: services.remove_attachment(pk, actor=request.user),
        done=_("The file has been removed."),
    )


@login_required
@require_safe
def attachment(request: SignedInRequest, pk: int) -> FileResponse:
    """Send a file to be saved: nothing that somebody sent is ever shown as a page of the portal."""
    found = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    require("rounds.see_challenge", request.user, found.challenge)
    try:
        file = found.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    response = FileResponse(
        file, as_attachment=True, filename=found.name, content_type=found.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def _own_attachment(request: SignedInRequest, pk: int) -> Attachment:
    found: Attachment = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    require("rounds.write_challenge", request.user, found.challenge)
    return found


def _upload(request: SignedInRequest) -> UploadedFile[bytes]:
    """Return the file that came.

    :raises TooLarge: when it was so large that it was not even kept.
    :raises NoFile: when none came.
    """
    if had_too_large_file(request):
        raise TooLarge
    upload = request.FILES.get("file")
    if not isinstance(upload, UploadedFile):
        raise NoFile
    return upload


def _answer(
    request: SignedInRequest,
    challenge: Challenge,
    question_id: int | None,
    change: Callable[[], object],
    *,
    done: str,
    at: int | None = None,
) -> HttpResponse:
    """Make the change and answer with the box alone, or by going back where the person was."""
    error = ""
    try:
        change()
    except Refused as refusal:
        error = str(refusal.sentence)
    by_script = BOX_HEADER in request.headers
    if not error and not by_script:
        messages.success(request, done)
        return redirect(_back(request) or reverse("challenge-attachments", args=[challenge.pk]))
    boxes = boxes_of(Challenge.objects.select_related("round").get(pk=challenge.pk))
    place = next((here for here, box in enumerate(boxes) if box.question_id == question_id), -1)
    boxes[place] = replace(boxes[place], error=error, error_at=at)
    if not by_script:
        return _page(request, challenge, boxes)
    response = _fragment(request, boxes[place], done="" if error else done)
    response[BOX_HEADER] = boxes[place].id
    return response


def _fragment(request: SignedInRequest, box: Box, *, done: str) -> HttpResponse:
    return render(
        request,
        "rounds/challenges/attachments/_box.html",
        {"box": box, "done": done, "here": request.POST.get("next", "")},
    )


def _page(request: SignedInRequest, challenge: Challenge, boxes: list[Box]) -> HttpResponse:
    context = {
        "challenge": challenge,
        "round": challenge.round,
        "boxes": boxes,
        "here": _back(request) or request.path,
        "back": _back(request) or reverse("challenge", args=[challenge.pk]),
    }
    return render(request, "rounds/challenges/attachments/attachments.html", context)


def _back(request: SignedInRequest) -> str:
    """Return the page that the form names, when it is the portal's own."""
    page = request.POST.get("next", "")
    is_own = page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return page if is_own else ""
