"""Published outcomes that speak of the same things as a challenge."""

from __future__ import annotations

from django.contrib.postgres.search import SearchQuery
from django.urls import reverse
from django.utils.translation import gettext as _

from rounds.challenges.helping.similar import SHORT_TEXT, Found, Match, marked, ranked
from rounds.outcomes.models import Outcome


def similar_outcomes(query: SearchQuery) -> Found:
    """Return the published outcomes nearest to `query`; there are some ten a year to look at."""
    public = Outcome.objects.public().alias(words=SHORT_TEXT).filter(words=query)
    return Found(
        _("Published outcomes"),
        _("No published outcome speaks of the same things."),
        [_match(outcome) for outcome in ranked(public, query)],
    )


def _match(outcome: Outcome) -> Match:
    challenge = outcome.challenge
    code = _("Round %(code)s") % {"code": challenge.round.code}
    return Match(
        title=outcome.title,
        url=reverse("public-round", args=[challenge.round.slug]),
        summary=marked(outcome.headline),  # type: ignore[attr-defined]
        detail=f"{challenge.organisation.shown_name} · {code}",
        language=outcome.language,
    )
