"""Which rows a person has chosen of the table."""

from __future__ import annotations

from django.http import QueryDict

from minno_portal.numbers import KEY_DIGITS, whole_number
from organisations.people.models import User
from rounds.challenges.models import Challenge
from rounds.challenges.table.filters import Filters, of_round
from rounds.challenges.table.narrowings import read_by
from rounds.challenges.table.standard import title_as_submitted
from rounds.planning.models import Round

# More are not read through before pressing the button.
MOST_PICKED = 200


def picked_keys(query: QueryDict) -> list[int]:
    """Return the ids among the ticked rows' values."""
    keys = (whole_number(value, digits=KEY_DIGITS) for value in query.getlist("pick"))
    return [key for key in keys if key is not None]


def picked(query: QueryDict, round_: Round, user: User) -> tuple[list[Challenge], bool]:
    """Return the chosen challenges of a round by number, and whether some were too many.

    `all` in the query chooses everything that the filters in `back` let pass. Each challenge
    tells by `is_read` whether `user` has read it.
    """
    if query.get("all"):
        wanted = filters_behind(query, round_, user).challenges().order_by()
        challenges = of_round(round_).filter(pk__in=wanted.values("pk"))
    else:
        challenges = of_round(round_).filter(pk__in=picked_keys(query))
    rows = challenges.annotate(is_read=read_by(user), shown_title=title_as_submitted())
    rows = rows.select_related("organisation", "created_by")
    found = list(rows.order_by("number")[: MOST_PICKED + 1])
    for challenge in found:
        # The very object, so that permissions ask nothing more of the database.
        challenge.round = round_
    return found[:MOST_PICKED], len(found) > MOST_PICKED


def filters_behind(query: QueryDict, round_: Round, user: User) -> Filters:
    """Return how the table looked from which the person came."""
    return Filters.of(QueryDict(query.get("back", "")), round_, user)
