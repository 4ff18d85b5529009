"""The page where a challenge begins: what it knows of the visitor, and how it is drawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from minno_portal import clock, dates
from organisations.access import SignedInRequest
from organisations.register.models import Organisation
from rounds.challenges.content import missing_points
from rounds.challenges.enums import Status
from rounds.challenges.forms import BeginForm
from rounds.challenges.helping.late import own_deadline
from rounds.challenges.models import Challenge
from rounds.challenges.progress import SectionStep
from rounds.challenges.writing.kept import Kept, of_round
from rounds.challenges.writing.whole import CONTACT, WholeForm
from rounds.planning.models import Round


@dataclass
class Beginning:
    """What the page is about: a round, who looks, and the text kept in their session."""

    request: SignedInRequest
    round: Round
    language: str
    organisations: QuerySet[Organisation]
    kept: Kept | None
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Where the text is kept."""
        return of_round(self.round)

    @cached_property
    def own_deadline(self) -> dt.datetime | None:
        """The later deadline that an organisation of the person has been given."""
        ids = [each.pk for each in self.organisations]
        return own_deadline(self.round, ids, clock.now()) if ids else None


def kept_words(kept: Kept) -> str:
    """Return “Saved at 14:05.”."""
    return _("Saved %(time)s.") % {"time": dates.clock_time(kept.moment)}


def steps_of(whole: WholeForm) -> list[SectionStep]:
    """Return the sections on the page, each done or to do."""
    missing = {point.section for point in missing_points(whole.content, whole.round)}
    steps = []
    for form in whole.sections:
        section = form.section
        needs = any(question.is_required for question in section.questions)
        done = section.key not in missing if needs else not missing - {CONTACT}
        steps.append(SectionStep(section.key, section.title, "done" if done else "todo", done))
    return steps


def _is_shown(page: Beginning) -> bool:
    """Whether the form is there: also after the call has closed for who was writing then."""
    was_writing = page.kept is not None or page.request.method == "POST"
    return page.round.call_is_open or was_writing or page.own_deadline is not None


def answer_with(page: Beginning, whole: WholeForm, *, status: int = 200) -> HttpResponse:
    """Render the page with what `whole` holds."""
    round_, user = page.round, page.request.user
    drafts: Any = ()
    if user.is_authenticated:
        drafts = Challenge.objects.of_contact(user).filter(round=round_, status=Status.DRAFT)
    context = {
        "round": round_,
        "form": whole,
        "is_open": _is_shown(page),
        "is_over": clock.now() >= round_.call_closes_at and page.own_deadline is None,
        "own_deadline": page.own_deadline,
        "steps": steps_of(whole),
        "organisations": page.organisations,
        "chosen": BeginForm(None, organisations=page.organisations),
        "drafts": drafts,
        "kept": page.kept,
        "saved": kept_words(page.kept) if page.kept else "",
        "place": page.place,
        **page.more,
    }
    return render(page.request, "rounds/challenges/new.html", context, status=status)
