"""Pages of a round's projects."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from minno_portal.errors import Refused, WrongState
from organisations.access import SignedInRequest, require, say_why
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.planning.pages import round_context
from rounds.projects import services
from rounds.projects.forms import TeamForm
from rounds.projects.models import Team
from rounds.projects.pages import projects_of
from rounds.selection.proposing.naming import named_tutor


@require_safe
@login_required
def round_projects(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the round's projects: challenge, team, tutor and where the work is."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), slug=slug)
    context = {
        **round_context(round_, request.user, tab="projects"),
        "projects": projects_of(round_, request.user),
    }
    return render(request, "rounds/projects/round_projects.html", context)


@login_required
def team_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Name a team for a chosen challenge."""
    challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
    return _team_form(request, challenge, Team(challenge=challenge))


@login_required
def team_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Correct a team's name and addresses."""
    challenges = Challenge.objects.visible_to(request.user)
    challenge = get_object_or_404(challenges, teams__pk=pk)
    return _team_form(request, challenge, get_object_or_404(challenge.teams, pk=pk))


def _team_form(request: SignedInRequest, challenge: Challenge, team: Team) -> HttpResponse:
    require("rounds.run_project", request.user, challenge)
    if challenge.status not in services.TAKES_TEAM:
        say_why(request, WrongState())
        return redirect("round-projects", challenge.round.slug)
    is_first = team.pk is None and not challenge.teams.exists()
    named = named_tutor(challenge) if is_first else {}
    form = TeamForm(request.POST or None, instance=team, initial=named)
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.name_team(
                challenge.pk, **form.cleaned_data, actor=request.user, team_id=team.pk
            )
        except services.NameTaken as refusal:
            form.add_error("name", str(refusal.sentence))
        except Refused as refusal:
            say_why(request, refusal)
            return redirect("round-projects", challenge.round.slug)
        else:
            messages.success(request, _("The team %(team)s is saved.") % {"team": saved.name})
            return redirect("round-projects", challenge.round.slug)
    context = {
        **round_context(challenge.round, request.user, tab="projects"),
        "challenge": challenge,
        "form": form,
        "team": team,
    }
    return render(request, "rounds/projects/team_form.html", context)


@require_POST
@login_required
def project_start(request: SignedInRequest, pk: int) -> HttpResponse:
    """Start the work on a confirmed challenge."""
    return _move(request, pk, services.start_project, _("The project has started."))


@require_POST
@login_required
def project_complete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close the work on a running project."""
    done = _("The project is completed. You can now record its outcomes.")
    return _move(request, pk, services.complete_project, done)


def _move(request: SignedInRequest, pk: int, change: Any, done: str) -> HttpResponse:
    challenge = get_object_or_404(Challenge.objects.visible_to(request.user), pk=pk)
    require("rounds.run_project", request.user, challenge)
    try:
        change(challenge.pk, actor=request.user)
    except Refused as refusal:
        say_why(request, refusal)
    else:
        messages.success(request, done)
    return redirect("round-projects", challenge.round.slug)
