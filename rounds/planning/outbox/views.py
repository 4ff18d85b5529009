"""Letters by what has become of them, and one letter with the facts of its delivery."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import rules
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from minno_portal import clock
from minno_portal.outbox.handling import family_of
from minno_portal.outbox.html import html_from_text
from minno_portal.outbox.messages import sender_line
from minno_portal.outbox.models import Letter, LetterQuerySet
from minno_portal.outbox.replies import in_words
from minno_portal.outbox.transitions import open_actions
from organisations.access import SignedInRequest, require
from organisations.partnership.letters import houses_of, letters_seen_by
from organisations.people.models import User
from rounds.planning.models import Round
from rounds.planning.outbox.listing import (
    WAITS,
    choice_from,
    kinds,
    label_of,
    narrowed,
    of_group,
    tabs_of,
)
from rounds.planning.pages import round_context

PAGE_SIZE = 50
A_MOMENT = dt.timedelta(minutes=1)


@login_required
@require_safe
def letters(request: SignedInRequest) -> HttpResponse:
    """List the letters of the user's partnerships."""
    if not rules.has_perm("outbox.list_letters", request.user, None):
        raise PermissionDenied
    rounds = Round.objects.visible_to(request.user).only("slug", "number", "year")
    # Without a join: the list names rounds by their codes alone.
    codes = {each.slug: each.code for each in rounds.select_related(None)}
    context = {
        **_list(request, letters_seen_by(request.user), codes),
        "rounds": codes,
        "here": reverse("letters"),
    }
    return render(request, "rounds/planning/outbox/letters.html", context)


@login_required
@require_safe
def round_letters(request: SignedInRequest, slug: str) -> HttpResponse:
    """List the letters of one round."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    require("rounds.see_letters", request.user, round_)
    context = {
        **_list(request, Letter.objects.filter(thread=round_.slug), {}),
        **round_context(round_, request.user, tab="letters"),
        "here": reverse("round-letters", args=(slug,)),
        "subtab": "letters",
    }
    return render(request, "rounds/planning/outbox/round_letters.html", context)


@login_required
@require_safe
def letter(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one letter as its recipient reads it, what became of it, and what can be done."""
    found = letter_or_404(request.user, pk)
    context = {
        **letter_context(found),
        "actions": open_actions(found, actor=request.user),
        "family": [each for each in family_of(found) if each.pk != found.pk],
        "from_line": sender_line(found),
        "error_words": in_words(found.last_error),
        "now": clock.now(),
        "starts_later": found.not_before - found.created_at > A_MOMENT,
    }
    return render(request, "rounds/planning/outbox/letter.html", context)


def letter_or_404(user: User, pk: int) -> Letter:
    """Return a letter that `user` may look at."""
    found: Letter = get_object_or_404(letters_seen_by(user).select_related("edited_by"), pk=pk)
    require("outbox.see_letter", user, found)
    return found


def letter_context(found: Letter) -> dict[str, Any]:
    """Return what every page about one letter shows."""
    return {
        "letter": found,
        "kind_label": label_of(found.kind),
        # The HTML part is made of the text: this is what it holds, in the page's own look.
        "body": "" if found.is_secret else html_from_text(found.text),
        "round": Round.objects.filter(slug=found.thread).first() if found.thread else None,
    }


def _list(
    request: SignedInRequest, every: LetterQuerySet, codes: Mapping[str, str]
) -> dict[str, Any]:
    choice = choice_from(request.GET)
    passed = narrowed(every, choice)
    groups = tabs_of(passed, choice)
    shown = of_group(passed, choice).defer("text", "html")
    paginator = Paginator(shown, PAGE_SIZE)
    # The groups have been counted already.
    paginator.count = next(tab.count for tab in groups if tab.is_current)
    page = paginator.get_page(request.GET.get("page"))
    for each in page.object_list:
        each.kind_label = label_of(each.kind)  # type: ignore[attr-defined]
        each.round_code = codes.get(each.thread, "")  # type: ignore[attr-defined]
        each.error_words = in_words(each.last_error)  # type: ignore[attr-defined]
    return {
        "choice": choice,
        "groups": groups,
        "page": page,
        "kinds": kinds(),
        "now": clock.now(),
        "may_send": choice.look == WAITS and bool(houses_of(request.user)),
    }
