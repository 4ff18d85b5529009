"""One challenge: its own page and withdrawing it."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from minno_portal.errors import Refused
from minno_portal.numbers import VERSION_DIGITS, whole_number
from organisations.access import SignedInRequest, require, say_why
from organisations.people.models import User
from rounds.challenges.afterwards.own_page import own_content, own_page
from rounds.challenges.attachments.boxes import attachment_links
from rounds.challenges.comments import comments_for
from rounds.challenges.enums import Status
from rounds.challenges.forms import CommentForm
from rounds.challenges.helping.pages import own_help, review_help
from rounds.challenges.letters_told import failing_contacts, told_by_letter
from rounds.challenges.models import Challenge
from rounds.challenges.permissions import is_of_party, writes_for
from rounds.challenges.presentation import content_for, parts, title_for
from rounds.challenges.services import withdraw_challenge
from rounds.challenges.transitions import TABLE


@login_required
@require_safe
def challenge_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a challenge: to its association the way ahead, to the parties what to do with it."""
    challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
    require("rounds.see_challenge", request.user, challenge)
    return answer_with_challenge(request, challenge)


def answer_with_challenge(
    request: SignedInRequest, challenge: Challenge, comment_form: CommentForm | None = None
) -> HttpResponse:
    """Render a challenge's page for whoever looks, with a comment that could not be saved."""
    user = request.user
    is_party = bool(is_of_party.test(user, challenge)) or user.is_superuser
    revisions = list(challenge.revisions.order_by("number"))
    number = whole_number(request.GET.get("version", ""), digits=VERSION_DIGITS)
    content = (
        content_for(user, challenge, revisions, number)
        if is_party or number
        else own_content(challenge, revisions)
    )
    context: dict[str, Any] = {
        "challenge": challenge,
        "round": challenge.round,
        "shown_title": title_for(user, challenge),
        "is_party": is_party,
        "writes": writes_for.test(user, challenge),
        "parts": parts(content, challenge.round),
        "files": attachment_links(content),
        "revisions": revisions,
        "shown_version": number,
        "comments": comments_for(user, challenge),
        "comment_form": comment_form,
        "actions": open_actions(challenge, user),
        "can_assess": challenge.status == Status.SUBMITTED
        and rules.has_perm("rounds.assess_challenge", user, challenge),
    }
    if comment_form is None and rules.has_perm("rounds.comment_challenge", user, challenge):
        context["comment_form"] = CommentForm(challenge=challenge, is_party=is_party)
    if is_party:
        context |= review_help(challenge, user, revisions, is_newest=number is None)
        context["told"] = told_by_letter(challenge, user)
        context["failing"] = failing_contacts(challenge)
    else:
        context |= own_page(challenge, user, revisions) | own_help(challenge, user)
    template = "challenge_review.html" if is_party else "challenge.html"
    return render(request, f"rounds/challenges/{template}", context)


def open_actions(challenge: Challenge, user: User) -> list[str]:
    """Return what `user` may do to the challenge now, without telling a decision too early."""
    actions = TABLE.open_actions(challenge, actor=user)
    if challenge.told_status == Status.NOT_SELECTED and "withdraw" in actions:
        actions.remove("withdraw")
    return actions


@login_required
@require_http_methods(["GET", "POST"])
def challenge_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask whether to withdraw a challenge, and do it."""
    challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
    require("rounds.withdraw_challenge", request.user, challenge)
    if request.method == "POST":
        try:
            withdraw_challenge(pk, actor=request.user)
        except Refused as refusal:
            say_why(request, refusal)
        else:
            messages.success(request, _("The challenge has been withdrawn."))
        return redirect("challenge", pk=pk)
    if "withdraw" not in open_actions(challenge, request.user):
        return redirect("challenge", pk=pk)
    return render(
        request,
        "rounds/challenges/withdraw.html",
        {"challenge": challenge, "round": challenge.round},
    )
