"""What campaigns are told of challenges: those that anybody may hear of, and who submitted one."""

from __future__ import annotations

import datetime as dt

from rounds.call.campaigns.facts import tells_chosen, tells_submitted
from rounds.challenges.models import Challenge
from rounds.planning.models import Round


@tells_chosen
def chosen_challenges(round_: Round) -> list[str]:
    """Return the chosen challenges that have been told and may be published, a line each."""
    found = Challenge.objects.public().filter(round=round_).order_by("number", "pk")
    rows = found.values_list("title", "organisation__name")
    return [f"{' '.join(title.split())} ({association})" for title, association in rows]


@tells_submitted
def submitters(round_: Round, moment: dt.datetime) -> set[int]:
    """Return the associations that have submitted a challenge to the round since `moment`."""
    found = Challenge.objects.submitted().filter(round=round_, submitted_at__gte=moment)
    return set(found.order_by().values_list("organisation", flat=True))
