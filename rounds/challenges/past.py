"""What the register of associations shows of their taking part: submitted challenges by round."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from organisations.people.models import User
from organisations.register.past import TakingPart
from rounds.challenges.enums import Status
from rounds.challenges.models import Challenge
from rounds.challenges.querysets import ChallengeQuerySet
from rounds.planning.mine import rounds_of


class SubmittedChallenges:
    """Tells of the challenges that were submitted to rounds whose working pages the person sees."""

    def occasions(self, user: User) -> list[tuple[str, str]]:
        """Return the rounds, the newest first."""
        return [(each.slug, each.code) for each in reversed(rounds_of(user))]

    def taking_part(self, user: User, occasion: str = "") -> QuerySet[Any]:
        """Return the ids of the associations that submitted a challenge."""
        challenges = self._seen(user)
        if occasion:
            challenges = challenges.filter(round__slug=occasion)
        return challenges.order_by().values("organisation")

    def latest(self, user: User, organisations: Iterable[int]) -> dict[int, str]:
        """Return the code of each association's latest round (one query)."""
        codes = {each.pk: each.code for each in rounds_of(user)}
        challenges = self._seen(user).filter(organisation__in=organisations)
        rows = challenges.order_by("round__kickoff_on", "round").values_list(
            "organisation", "round"
        )
        return {organisation: codes[round_] for organisation, round_ in rows}

    def history(self, user: User, organisation: int) -> list[TakingPart]:
        """Return the association's challenges, each with its status (one query)."""
        challenges = self._seen(user).filter(organisation=organisation)
        codes = {each.pk: each.code for each in rounds_of(user)}
        return [
            TakingPart(
                occasion=codes[challenge.round_id],
                title=str(challenge),
                url=reverse("challenge", args=[challenge.pk]),
                status=challenge.status,
                status_label=Status(challenge.status).label,
                on=challenge.submitted_at,
            )
            for challenge in challenges.order_by("-round__kickoff_on", "-submitted_at").only(
                "title", "status", "submitted_at", "round"
            )
        ]

    def _seen(self, user: User) -> ChallengeQuerySet:
        return Challenge.objects.submitted().filter(round__in=[each.pk for each in rounds_of(user)])
