"""Assessing: one challenge at a time, and standing aside from one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from minno_portal.errors import Refused, WrongState
from minno_portal.numbers import VERSION_DIGITS, whole_number
from organisations.access import SignedInRequest, posted, say_why
from organisations.people.models import User
from rounds.challenges.models import Challenge
from rounds.selection.assessing.forms import AssessmentForm, StandAsideForm
from rounds.selection.assessing.queue import way_of
from rounds.selection.assessing.reading import (
    assessments_of,
    changed_since,
    criteria_for,
    others_of,
    reading,
)
from rounds.selection.assessing.services import let_stand, save_assessment
from rounds.selection.assessing.standing_aside import stand_aside, take_back
from rounds.selection.assessing.visibility import sight_from
from rounds.selection.enums import ASSESSABLE
from rounds.selection.models import Assessment
from rounds.selection.pages import page, the_challenge, the_round, to_board


@login_required
@require_safe
def assess_next(request: SignedInRequest, slug: str) -> HttpResponse:
    """Lead to what the person should assess next, or to the board when nothing is left."""
    round_ = the_round(request, slug, "rounds.assess_in_round")
    following = way_of(round_, request.user).next_to_assess()
    if following is None:
        messages.success(request, _("There is nothing left for you to assess in this round."))
        return to_board(round_)
    return redirect("challenge-assess", following.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def challenge_assess(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read a challenge and give it marks."""
    challenge = the_challenge(request, pk, "rounds.assess_challenge")
    if request.method != "POST" and challenge.status not in ASSESSABLE:
        say_why(request, WrongState())
        return to_board(challenge.round, challenge)
    assessments = assessments_of(challenge)
    form = AssessmentForm(
        posted(request),
        criteria=criteria_for(challenge, request.user),
        assessment=_mine(assessments, request.user),
    )
    if request.method == "POST" and form.is_valid() and _save(request, challenge, form):
        return _after_assessing(request, challenge)
    return _show(request, challenge, form, assessments)


def _mine(assessments: Sequence[Assessment], user: User) -> Assessment | None:
    return next((each for each in assessments if each.assessor_id == user.pk), None)


def _show(
    request: SignedInRequest,
    challenge: Challenge,
    form: AssessmentForm,
    assessments: Sequence[Assessment],
) -> HttpResponse:
    user = request.user
    place = way_of(challenge.round, user).around(challenge.pk)
    away = [(challenge.pk, user.pk)] if place.aside else []
    sight = sight_from(challenge.round, user, voices=assessments, aside=away)
    assessment = _mine(assessments, user)
    read = reading(challenge, user)
    context: dict[str, Any] = {
        **read,
        "challenge": challenge,
        "form": form,
        "assessment": assessment,
        "place": place,
        "others": others_of(assessments, user) if sight.sees(challenge) else None,
        "changed_url": changed_since(challenge, assessment, read["revisions"]),
    }
    return page(request, "assess", challenge.round, context)


def _save(request: SignedInRequest, challenge: Challenge, form: AssessmentForm) -> bool:
    try:
        save_assessment(
            challenge.pk,
            scores=form.scores,
            comment=form.cleaned_data["comment"],
            done="done" in request.POST,
            read=whole_number(request.POST.get("read", ""), digits=VERSION_DIGITS),
            actor=request.user,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.sentence))
        return False
    return True


def _after_assessing(request: SignedInRequest, challenge: Challenge) -> HttpResponse:
    """Stay with a draft; after a finished assessment go to the one that needs it most."""
    if "done" not in request.POST:
        messages.success(
            request, _("The draft has been saved. It counts when you mark it as done.")
        )
        return redirect("challenge-assess", challenge.pk)
    return _to_next(request, challenge)


def _to_next(request: SignedInRequest, challenge: Challenge) -> HttpResponse:
    following = way_of(challenge.round, request.user).next_to_assess(without=challenge.pk)
    if following is None:
        messages.success(request, _("The assessment has been saved. You have assessed everything."))
        return to_board(challenge.round, challenge)
    messages.success(request, _("The assessment has been saved. Here is the next challenge."))
    return redirect("challenge-assess", following.pk)


@login_required
@require_POST
def challenge_let_stand(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep one's marks although the text has changed since."""
    challenge = the_challenge(request, pk, "rounds.assess_challenge")
    read = whole_number(request.POST.get("read", ""), digits=VERSION_DIGITS)
    try:
        let_stand(challenge.pk, read=read, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
        return to_board(challenge.round, challenge)
    return _to_next(request, challenge)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def challenge_stand_aside(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that one does not assess a challenge, and why."""
    challenge = the_challenge(request, pk, "rounds.assess_challenge")
    if challenge.status not in ASSESSABLE:
        say_why(request, WrongState())
        return to_board(challenge.round, challenge)
    form = StandAsideForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            stand_aside(challenge.pk, **form.cleaned_data, actor=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal.sentence))
        else:
            messages.success(request, _("You stand aside from this challenge. Others assess it."))
            return redirect("challenge-assess", challenge.pk)
    return page(request, "stand_aside", challenge.round, {"challenge": challenge, "form": form})


@login_required
@require_POST
def challenge_take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Assess after all."""
    challenge = the_challenge(request, pk, "rounds.assess_challenge")
    try:
        take_back(challenge.pk, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
        return to_board(challenge.round, challenge)
    messages.success(request, _("You no longer stand aside: you can assess this challenge."))
    return redirect("challenge-assess", challenge.pk)
