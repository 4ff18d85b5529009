"""The page that edits a text: four buttons, one form."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from minno_portal.errors import Refused
from minno_portal.outbox.kinds import kind_called
from minno_portal.outbox.rendering import Written
from minno_portal.outbox.text_errors import ChangedMeanwhile, TextRefused
from minno_portal.outbox.texts import (
    LANGUAGES,
    check,
    cleaned,
    drop_text,
    keep_text,
    write_text,
)
from organisations.access import SignedInRequest, posted, require, say_why
from rounds.planning.texts.editing import Editing, sheet_of
from rounds.planning.texts.forms import LetterTextForm
from rounds.planning.texts.places import Place

WRITE = "outbox.write_texts"


def edit_page(request: SignedInRequest, place: Place, kind: str, language: str) -> HttpResponse:
    """Show a text and take what is done with it: `do` names the button.

    :raises Http404: when there is no such kind or language.
    """
    found = kind_called(kind)
    if found is None or not place.takes(found) or language not in LANGUAGES:
        raise Http404
    editing = Editing(place, found, language)
    form = LetterTextForm(posted(request), initial=editing.initial, language=language)
    if request.method != "POST":
        return _page(request, editing, form, editing.present)
    if request.POST.get("do") == "preview":
        return _previewed(request, editing, form)
    require(WRITE, request.user, place.owner)
    if request.POST.get("do") in ("default", "keep"):
        return _decided(request, editing)
    return _saved(request, editing, form)


def _previewed(request: SignedInRequest, editing: Editing, form: LetterTextForm) -> HttpResponse:
    """Show what the letter would be, and what would have to be corrected before saving."""
    written = cleaned(form.typed, editing.kind, editing.language)
    problems: list[tuple[str, str]] = []
    try:
        check(written, editing.kind, editing.language)
    except TextRefused as refusal:
        problems = refusal.problems
    if getattr(request, "htmx", False):
        context = {
            "sheet": sheet_of(editing, written),
            "problems": problems,
            "editing": editing,
            "is_swap": True,
        }
        return render(request, "rounds/planning/texts/_preview.html", context)
    form.say(TextRefused(problems))
    return _page(request, editing, form, written)


def _decided(request: SignedInRequest, editing: Editing) -> HttpResponse:
    """Go back to the default, or keep the own text beside a default that has changed."""
    change = drop_text if request.POST.get("do") == "default" else keep_text
    try:
        change(
            editing.place.owner,
            kind=editing.kind,
            language=editing.language,
            actor=request.user,
        )
    except Refused as refusal:
        say_why(request, refusal)
    else:
        messages.success(request, _what_now(editing, is_kept=change is keep_text))
    return redirect(editing.place.edit_url(editing.kind.name, editing.language))


def _what_now(editing: Editing, *, is_kept: bool) -> str:
    if is_kept:
        return _("Your text stays as it is.")
    if editing.inherited:
        return _("The text is the partnership’s again.")
    return _("The text is the default again.")


def _saved(request: SignedInRequest, editing: Editing, form: LetterTextForm) -> HttpResponse:
    try:
        write_text(
            editing.place.owner,
            kind=editing.kind,
            language=editing.language,
            typed=form.typed,
            seen=form.seen_mark,
            actor=request.user,
        )
    except TextRefused as refusal:
        form.say(refusal)
    except ChangedMeanwhile as refusal:
        return _overtaken(request, editing, form, refusal)
    except Refused as refusal:
        form.add_error(None, str(refusal.sentence))
    else:
        messages.success(request, _("Letters go out with this text from now on."))
        return redirect(editing.place.edit_url(editing.kind.name, editing.language))
    return _page(request, editing, form, cleaned(form.typed, editing.kind, editing.language))


def _overtaken(
    request: SignedInRequest, editing: Editing, form: LetterTextForm, refusal: ChangedMeanwhile
) -> HttpResponse:
    """Show both texts; whoever saves again now has seen the other one."""
    form.began_from(editing.mark)
    form.add_error(None, str(refusal.sentence))
    written = cleaned(form.typed, editing.kind, editing.language)
    return _page(request, editing, form, written, theirs=editing.beside(written))


def _page(
    request: SignedInRequest,
    editing: Editing,
    form: LetterTextForm,
    written: Written,
    **more: Any,
) -> HttpResponse:
    context: dict[str, Any] = {
        **more,
        **editing.place.context(request.user),
        "editing": editing,
        "kind": editing.kind,
        "form": form,
        "sheet": sheet_of(editing, written),
        "can_write": rules.has_perm(WRITE, request.user, editing.place.owner),
    }
    return render(request, "rounds/planning/texts/edit.html", context)
