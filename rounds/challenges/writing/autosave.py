"""What the page's script gets when it saves in the background.

It posts what the button would, to the same address, with the header `X-Autosave`. Saving is then
lenient: what is right is stored, what is wrong waits on the page and in the session.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from minno_portal.errors import Refused
from organisations.access import SignedInRequest
from rounds.challenges.errors import Overtaken
from rounds.challenges.models import Challenge
from rounds.challenges.progress import progress
from rounds.challenges.section_forms import SectionForm, section_form
from rounds.challenges.services import save_section
from rounds.challenges.writing.kept import forget, keep, of_section
from rounds.challenges.writing.pages import conflict_context
from rounds.challenges.writing.saving import posted_values, saved_words

SIGNED_OUT, NOT_POSSIBLE = 401, 409


def is_autosave(request: HttpRequest) -> bool:
    """Whether the page's script asks, not a person who pressed a button."""
    return request.headers.get("X-Autosave") == "1"


def is_of_another(request: SignedInRequest) -> bool:
    """Whether the page was opened by another person, who has signed out since."""
    return request.headers.get("X-Writer", str(request.user.pk)) != str(request.user.pk)


def signed_out(sign_in: str) -> JsonResponse:
    """Say that nobody is signed in any more; what was typed is kept."""
    said = _("You have been signed out. Your text is kept; sign in to save it.")
    return JsonResponse({"message": said, "sign_in": sign_in}, status=SIGNED_OUT)


def section_gone() -> JsonResponse:
    """Say that nobody asks this any more: only the page itself still holds what was typed."""
    said = _("The coordinator has taken these questions off the form while you were writing.")
    return JsonResponse({"message": said}, status=NOT_POSSIBLE)


def save_quietly(request: SignedInRequest, challenge: Challenge, form: SectionForm) -> JsonResponse:
    """Save what is right in `form`, and tell what the script needs to go on."""
    section = form.section.key
    for field in form.fields.values():
        field.required = False
    form.is_valid()
    place = of_section(challenge.pk, section)
    version = form.cleaned_data.get("version")
    try:
        stored = save_section(
            challenge.pk,
            section=section,
            values=form.values,
            version=version,
            actor=request.user,
        )
        if form.errors:
            keep(request.session, place, request.POST, form.fields, language=challenge.language)
        else:
            forget(request.session, place)
    except Overtaken as refusal:
        return _both_texts(request, form, refusal)
    except Refused as refusal:
        return JsonResponse({"message": str(refusal.sentence)}, status=NOT_POSSIBLE)
    return JsonResponse(_told(request, stored, form, version))


def _both_texts(request: SignedInRequest, form: SectionForm, overtaken: Overtaken) -> JsonResponse:
    context = conflict_context(overtaken, form)
    newer = section_form(overtaken.newer, form.section.key)
    told = {
        "html": render_to_string("rounds/challenges/_conflicts.html", context, request),
        "version": overtaken.newer.version,
        "newer": posted_values(newer, overtaken.theirs),
    }
    return JsonResponse(told, status=NOT_POSSIBLE)


def _told(
    request: SignedInRequest, stored: Challenge, form: SectionForm, version: int | None
) -> dict[str, Any]:
    """Return the words and the new version, and what colleagues have written in between."""
    section = form.section.key
    now = section_form(stored, section)
    names = {name for name in form.section.fields if name not in form.errors}
    was_alone = version is not None and stored.version <= version + 1
    steps = progress(stored, section)
    return {
        "saved": saved_words(stored, request.user),
        "version": stored.version,
        "errors": {name: " ".join(map(str, wrong)) for name, wrong in form.errors.items()},
        "done": [step.key for step in steps if step.is_done],
        "newer": {} if was_alone else posted_values(now, names),
    }
