"""The page of a round's assessors: how far everybody is, and asking people to assess."""

from __future__ import annotations

from collections.abc import Collection

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from minno_portal.errors import Refused
from organisations.access import SignedInRequest, posted, say_why
from rounds.planning.models import Round
from rounds.selection.assessing.assigning import assign_assessors
from rounds.selection.assessing.forms import AssignForm, name_of
from rounds.selection.assessing.progress import lines_of, progress_of, too_few
from rounds.selection.assessing.sharing import changes_of, share_out
from rounds.selection.assessing.workload import Pair, Workload, workload_of
from rounds.selection.pages import page, the_round


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def round_assessors(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show how far the assessors are; the coordinator asks them here, in two steps.

    The first press shows what would change and who gets a letter, the second one does it. Sharing
    out evenly only ticks boxes.
    """
    round_ = the_round(request, slug, "rounds.see_assessors")
    can_assign = rules.has_perm("rounds.assign_assessors", request.user, round_)
    if request.method == "POST" and not can_assign:
        raise PermissionDenied
    load = workload_of(round_)
    form = AssignForm(posted(request), possible=load.can_be_asked())
    if not form.is_bound:
        return _show(request, load, form, load.asked, can_assign=can_assign)
    if "share" in request.POST:
        messages.info(request, _("The boxes are ticked evenly. Look at them, then go on."))
        fresh = AssignForm(possible=load.can_be_asked())
        return _show(request, load, fresh, share_out(load), can_assign=can_assign)
    if not form.is_valid():
        return _show(request, load, form, form.typed, can_assign=can_assign)
    if "save" in request.POST:
        return _save(request, round_, form.wanted)
    return _confirm(request, load, form.wanted)


def _show(
    request: SignedInRequest,
    load: Workload,
    form: AssignForm,
    ticked: Collection[Pair],
    *,
    can_assign: bool,
) -> HttpResponse:
    lines = lines_of(load, ticked)
    context = {
        "form": form,
        "people": load.people,
        "lines": lines,
        "progress": progress_of(load),
        "too_few": too_few(lines),
        "aside": list(load.aside.values()),
        "can_assign": can_assign and bool(load.can_be_asked()) and not load.round.archived_at,
        "nobody_asked": not load.asked,
    }
    return page(request, "assessors", load.round, context)


def _confirm(request: SignedInRequest, load: Workload, wanted: Collection[Pair]) -> HttpResponse:
    changes = changes_of(load, wanted)
    if not changes:
        messages.info(request, _("Nothing would change: the boxes are as they were."))
        return redirect("round-assessors", load.round.slug)
    context = {
        "changes": changes,
        "ask": sorted(name_of(pair) for pair in wanted),
        "letters": [
            change for change in changes if change.to_do and change.assessor.user != request.user
        ],
    }
    return page(request, "assessors_confirm", load.round, context)


def _save(request: SignedInRequest, round_: Round, wanted: Collection[Pair]) -> HttpResponse:
    try:
        changes = assign_assessors(round_.pk, wanted=wanted, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
        return redirect("round-assessors", round_.slug)
    asked = sum(bool(change.added) for change in changes)
    if asked:
        text = ngettext(
            "One person has been asked to assess.",
            "%(count)d people have been asked to assess.",
            asked,
        )
        messages.success(request, text % {"count": asked})
    else:
        messages.success(request, _("The changes have been saved."))
    return redirect("round-assessors", round_.slug)
