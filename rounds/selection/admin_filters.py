"""How the institution's staff narrow the list of proposals."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.people.models import User
from rounds.challenges.enums import Status
from rounds.planning.models import Round
from rounds.selection.enums import Answer
from rounds.selection.models import Proposal

WAITING, ANSWERED = "no", "yes"


def person(request: HttpRequest) -> User:
    """Return who is there: the site lets nobody in without signing in."""
    return cast("User", request.user)


class RoundFilter(admin.SimpleListFilter):
    """By the rounds the person has proposals of."""

    title = gettext_lazy("round")
    parameter_name = "round"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        """Return the rounds that have had a packet."""
        proposals = Proposal.objects.hosted_by(person(request))
        rounds = Round.objects.filter(pk__in=proposals.values("packet__round"))
        return [(round_.pk, round_.code) for round_ in rounds.order_by("-kickoff_on")]

    def has_output(self) -> bool:
        """Whether there is anything to choose between."""
        return len(self.lookup_choices) > 1

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the chosen round's; a value nobody offered chooses nothing."""
        chosen = self.value()
        if chosen is None or not chosen.isdecimal():
            return queryset
        return queryset.filter(packet__round=int(chosen))


class AnswerFilter(admin.SimpleListFilter):
    """By whether an answer waits, and which was given."""

    title = gettext_lazy("answer")
    parameter_name = "answered"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        """Return what waits, what is answered, and each answer."""
        return [
            (WAITING, _("Waiting")),
            (ANSWERED, _("Answered")),
            *((answer.value, str(answer.label)) for answer in Answer),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the chosen ones."""
        chosen = self.value()
        if chosen == WAITING:
            return queryset.filter(answer="", challenge__status=Status.PROPOSED)
        if chosen == ANSWERED:
            return queryset.exclude(answer="")
        return queryset.filter(answer=chosen) if chosen in Answer.values else queryset
