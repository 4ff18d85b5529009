"""What stands at the head of every working page of a round: phase strip, tabs, stage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import rules
from django.db.models import F, Sum
from django.urls import NoReverseMatch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minno_portal.navigation import address
from organisations.people.models import User
from rounds.planning.enums import PhaseKey
from rounds.planning.models import Phase, Round
from rounds.planning.phases import BY_KEY


@dataclass(frozen=True, slots=True)
class PhaseStep:
    """One of the ten steps of the strip; days are working days, `state` is done, now or todo."""

    number: int
    key: str
    short_name: Promise
    name: str
    estimated: Decimal | None
    logged: Decimal
    state: str


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of a round; `count` is shown where the view already knows it."""

    key: str
    label: str | Promise
    url: str
    is_current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class _TabTemplate:
    key: str
    label: str | Promise
    url_name: str
    permission: str = "rounds.see_round"
    # The key of a tab under which whoever may open that one finds this page.
    part_of: str = ""


_TABS = (
    _TabTemplate("overview", pgettext_lazy("page of a round", "Overview"), "round"),
    _TabTemplate("calendar", _("Calendar"), "round-calendar"),
    _TabTemplate("form", pgettext_lazy("page of a round", "Form"), "round-form", "rounds.see_form"),
    _TabTemplate("challenges", _("Challenges"), "round-challenges"),
    _TabTemplate(
        "selection",
        pgettext_lazy("page of a round", "Selection"),
        "round-selection",
        "rounds.see_board",
    ),
    _TabTemplate("projects", _("Projects"), "round-projects"),
    _TabTemplate("outcomes", pgettext_lazy("page of a round", "Outcomes"), "round-outcomes"),
    _TabTemplate("feedback", _("Feedback"), "round-feedback", "rounds.see_feedback"),
    _TabTemplate("work", _("Working time"), "round-work", "rounds.see_work"),
    _TabTemplate("letters", _("Letters"), "round-letters", "rounds.see_letters"),
    # The institution announces the round too, but has no business with the letters.
    _TabTemplate("kit", _("Communication kit"), "round-kit", "rounds.see_kit", part_of="letters"),
    _TabTemplate("report", _("Report"), "round-report", "rounds.see_report"),
)


def phase_strip(round_: Round) -> list[PhaseStep]:
    """Return the ten phases with estimate, logged days and state.

    One query, none when `fetch_phases` has been asked before.
    """
    now = round_.current_phase
    return [
        PhaseStep(
            number=row["number"],
            key=row["key"],
            short_name=BY_KEY[row["key"]].short_name,
            name=str(PhaseKey(row["key"]).label),
            estimated=row["estimated"],
            logged=row["logged"] or Decimal(0),
            state="now" if row["number"] == now else "done" if row["number"] < now else "todo",
        )
        for row in _rows(round_)
    ]


def _rows(round_: Round) -> list[dict[str, Any]]:
    known: list[dict[str, Any]] | None = getattr(round_, "phase_rows", None)
    return _rows_of([round_])[round_.pk] if known is None else known


def fetch_phases(rounds: Iterable[Round]) -> None:
    """Give each round the `phase_rows` that its strip shows: one query for all that lack them."""
    lacking = [round_ for round_ in rounds if not hasattr(round_, "phase_rows")]
    if lacking:
        rows = _rows_of(lacking)
        for round_ in lacking:
            round_.phase_rows = rows[round_.pk]  # type: ignore[attr-defined]


def _rows_of(rounds: Sequence[Round]) -> dict[int, list[dict[str, Any]]]:
    phases = Phase.objects.filter(round__in=[round_.pk for round_ in rounds]).order_by("number")
    rows = phases.annotate(logged=Sum("work_logs__days")).values(
        "round_id", "number", "key", "logged", estimated=F("estimated_days")
    )
    found: dict[int, list[dict[str, Any]]] = {round_.pk: [] for round_ in rounds}
    for row in rows:
        found[row["round_id"]].append(dict(row))
    return found


def round_context(
    round: Round,  # noqa: A002 (the templates' word)
    user: User,
    *,
    tab: str,
    counts: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """Return what `layouts/round.html` shows around a working page of `round`.

    :param round: fetched through `visible_to`, with its partnership.
    :param user: who looks; tabs and permissions are theirs.
    :param tab: the key of the present page.
    :param counts: numbers to show beside tabs, where the view already has them.
    :returns: `round`, `tab`, `tabs`, `phases`, `phase_now`, `stage`, `stage_label`,
        `estimated_days`, `logged_days`, `can_plan`, `can_log_work`, `sees_letters`.
        At most one query.
    """
    phases = phase_strip(round)
    stage = round.stage
    return {
        "round": round,
        "tab": tab,
        "tabs": _tabs(round, user, tab, counts or {}),
        "phases": phases,
        "phase_now": next((step for step in phases if step.state == "now"), None),
        "estimated_days": sum((step.estimated or Decimal(0) for step in phases), Decimal(0)),
        "logged_days": sum((step.logged for step in phases), Decimal(0)),
        "stage": stage.value,
        "stage_label": stage.label,
        "can_plan": rules.has_perm("rounds.plan_round", user, round),
        "can_log_work": rules.has_perm("rounds.log_work", user, round),
        "sees_letters": rules.has_perm("rounds.see_letters", user, round),
    }


def _tabs(round_: Round, user: User, current: str, counts: Mapping[str, int]) -> list[Tab]:
    found: dict[str, Tab] = {}
    for tab in _TABS:
        url = _address(tab.url_name, round_.slug)
        if url and tab.part_of not in found and rules.has_perm(tab.permission, user, round_):
            is_current = current in (tab.key, tab.part_of)
            found[tab.key] = Tab(tab.key, tab.label, url, is_current, counts.get(tab.key))
    return list(found.values())


def _address(url_name: str, slug: str) -> str:
    """Return a page's address; nothing where the step that has the page is not installed."""
    try:
        return address(url_name, slug)
    except NoReverseMatch:
        return ""
