"""Challenges by who may see them and where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from minno_portal.lookups import among
from organisations.people.models import User
from rounds.challenges.enums import DECIDED, TAKES_PLACE, Status

if TYPE_CHECKING:
    from rounds.challenges.models import Challenge  # noqa: F401 (named in the base class)


def _written_by(user: User) -> models.Q:
    """What the user may write: of own organisations all, of a claimed one only what they began."""
    own = among(organisation=user.ties.contact)
    if user.ties.claimed:
        own |= models.Q(organisation__in=user.ties.claimed, created_by=user)
    return own


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    """Challenges by who may see them and where they are."""

    def visible_to(self, user: User) -> ChallengeQuerySet:
        """Return what `user` may open: of own organisations all, as a party what was submitted."""
        challenges = self.select_related(
            "round__partnership__coordinator", "round__partnership__institution", "organisation"
        )
        submitted = models.Q(submitted_at__isnull=False)
        if user.is_superuser:
            return challenges.filter(_written_by(user) | submitted)
        of_party = among(
            round__partnership__coordinator=user.ties.coordinator,
            round__partnership__institution=user.ties.staff,
        )
        return challenges.filter(_written_by(user) | (of_party & submitted))

    def public(self) -> ChallengeQuerySet:
        """Chosen ones that were announced and whose association permits publishing.

        A newer decision that is not told yet changes nothing here.
        """
        told = models.Q(status__in=TAKES_PLACE, announced_at__isnull=False)
        told |= models.Q(
            status__in=DECIDED, announced_at__isnull=True, told_outcome=Status.CONFIRMED
        )
        return self.filter(told, may_publish=True)

    def of_contact(self, user: User) -> ChallengeQuerySet:
        """Those of the associations that `user` writes for."""
        return self.filter(_written_by(user)).select_related(
            "round__partnership__coordinator", "round__partnership__institution", "organisation"
        )

    def untouched(self) -> ChallengeQuerySet:
        """Drafts in which nothing has been written yet."""
        return self.filter(status=Status.DRAFT, version=1, title="")

    def submitted(self) -> ChallengeQuerySet:
        """Everything that has left the association's desk at least once, withdrawn ones too."""
        return self.filter(submitted_at__isnull=False)
