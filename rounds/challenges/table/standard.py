"""The table's own columns; those of later steps are registered in their handlers.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from html import escape
from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, Subquery, TextField, When
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from minno_portal import dates
from organisations.people.enums import Language
from organisations.people.models import User
from organisations.register.models import County
from rounds.challenges.enums import Field, FundingThought, Output, Status, Visibility
from rounds.challenges.helping.models import CompletionPoint
from rounds.challenges.models import Comment, Revision
from rounds.challenges.table.columns import Column, Loader, Row, Text
from rounds.challenges.table.narrowings import mark_of_reading
from rounds.planning.models import Round

# What the columns below read of a version's content.
_READ = (
    "counties",
    "is_national",
    "hoped_fields",
    "hoped_outputs",
    "support_hours",
    "working_language",
    "language",
    "funding_thought",
    "fund",
    "objective",
    "may_publish",
    "contact_name",
    "contact_email",
)


def _last_versions(_round: Round, _user: User, keys: Sequence[int]) -> Mapping[int, Any]:
    """Return what was submitted last: while its association writes, nobody else reads the draft."""
    versions = Revision.objects.filter(challenge__in=keys).order_by("challenge_id", "-number")
    rows = versions.distinct("challenge_id").values_list(
        "challenge_id", *(f"content__{name}" for name in _READ)
    )
    found = {key: dict(zip(_READ, values, strict=True)) for key, *values in rows}
    names = dict(County.objects.values_list("pk", "name"))
    for content in found.values():
        content["counties"] = [names.get(code, code) for code in content["counties"] or ()]
    return found


CONTENT = Loader("content", _last_versions)


def _content(
    key: str, label: Text, show: Callable[[dict[str, Any]], Text], look: str = ""
) -> Column:
    """Make a column of the version that was submitted last."""
    return Column(
        key=key,
        label=label,
        cell=lambda row: show(row["content"]) if row["content"] else "",
        loader=CONTENT,
        look=look,
    )


def _labels(name: str, labels: Mapping[str, Text]) -> Callable[[dict[str, Any]], str]:
    def show(content: dict[str, Any]) -> str:
        return ", ".join(str(labels.get(value, value)) for value in content[name] or ())

    return show


def _label(name: str, labels: Mapping[str, Text]) -> Callable[[dict[str, Any]], Text]:
    return lambda content: labels.get(content[name], "")


def _areas(content: dict[str, Any]) -> str:
    return (
        gettext("The whole country") if content["is_national"] else ", ".join(content["counties"])
    )


def _hours(content: dict[str, Any]) -> str:
    if content["support_hours"] is None:
        return ""
    hours = Decimal(content["support_hours"])
    return str(localize(int(hours) if hours == int(hours) else hours))


def _funding(content: dict[str, Any]) -> Text:
    if content["funding_thought"] == FundingThought.FUND and content["fund"]:
        return f"{content['fund'].upper()} {content['objective'] or ''}".strip()
    return dict(FundingThought.choices).get(content["funding_thought"], "")


def _permission(content: dict[str, Any]) -> str:
    if content["may_publish"] is None:
        return ""
    return gettext("Yes") if content["may_publish"] else gettext("No")


def title_as_submitted(of: str = "") -> Combinable:
    """Return the title that the parties know, whatever the association is writing now.

    :param of: the way to the challenge, such as `challenge__`.
    """
    versions = Revision.objects.filter(challenge=OuterRef(f"{of}pk")).order_by("-number")
    submitted = Subquery(versions.values_list(KT("content__title"))[:1], output_field=TextField())
    return Case(
        When(
            # Also what was withdrawn in the middle of completing.
            Q((f"{of}status__in", (Status.NEEDS_COMPLETION, Status.WITHDRAWN))),
            then=Coalesce(submitted, F(f"{of}title")),
        ),
        default=F(f"{of}title"),
        output_field=TextField(),
    )


def _readable_comments(user: User) -> Combinable:
    readable = Comment.objects.filter(
        ~Q(visibility=Visibility.SELF) | Q(author=user), challenge=OuterRef("pk")
    )
    counts = readable.order_by().values("challenge").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counts, output_field=IntegerField()), 0)


def _open_points(_user: User) -> Combinable:
    waiting = CompletionPoint.objects.filter(challenge=OuterRef("pk"), done_at=None).order_by()
    counts = waiting.values("challenge").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counts, output_field=IntegerField()), 0)


def _title(row: Row) -> SafeString:
    """Draw the row's own name: a link, and a word where the newest version has not been read."""
    name = escape(row["shown_title"])
    link = f'<a href="{row["url"]}" lang="{row["language"]}">{name}</a>'
    return mark_safe(link if row["is_read"] else f"{link} {_unread(get_language())}")


@lru_cache(maxsize=8)
def _unread(_language: str | None) -> SafeString:
    return format_html('<span class="status status-unread">{}</span>', gettext("Unread"))


@lru_cache(maxsize=64)
def _badge(status: str, _language: str | None) -> SafeString:
    label = Status(status).label
    return format_html('<span class="status status-{}">{}</span>', status, label)


def _day(name: str) -> Callable[[Row], str]:
    return lambda row: dates.day(row[name]) if row[name] else ""


def address_pattern() -> tuple[str, str]:
    """Return what stands before and after the number in a challenge's address."""
    before, after = reverse("challenge", args=[0]).rsplit("0", 1)
    return before, after


COLUMNS = (
    Column(
        key="reference",
        label=_("Reference number"),
        cell=lambda row: row["reference"],
        fields=("reference",),
        sort=("number",),
        look="nowrap",
        is_default=True,
    ),
    Column(
        key="title",
        label=_("Title"),
        cell=_title,
        fields=("language",),
        annotations={"shown_title": lambda _user: title_as_submitted(), "is_read": mark_of_reading},
        sort=("title",),
        look="main",
        is_default=True,
    ),
    Column(
        key="organisation",
        label=_("Organisation"),
        cell=lambda row: row["organisation__name"],
        fields=("organisation__name",),
        sort=("organisation__name",),
        is_default=True,
    ),
    Column(
        key="status",
        label=_("Status"),
        cell=lambda row: _badge(row["status"], get_language()),
        fields=("status",),
        sort=("status",),
        is_default=True,
    ),
    Column(
        key="submitted",
        label=_("Submitted"),
        cell=_day("submitted_at"),
        fields=("submitted_at",),
        sort=("submitted_at",),
        look="nowrap",
        is_default=True,
    ),
    Column(
        key="comments",
        label=_("Comments"),
        cell=lambda row: row["comment_count"],
        annotations={"comment_count": _readable_comments},
        look="num",
        is_default=True,
    ),
    Column(
        key="points",
        label=_("Points open"),
        cell=lambda row: row["points_open"],
        annotations={"points_open": _open_points},
        look="num",
    ),
    Column(
        key="due",
        label=_("Completion by"),
        cell=_day("completion_due_at"),
        fields=("completion_due_at",),
        sort=("completion_due_at",),
        look="nowrap",
    ),
    Column(
        key="saved",
        label=_("Last saved"),
        cell=_day("saved_at"),
        fields=("saved_at",),
        sort=("saved_at",),
        look="nowrap",
    ),
    _content("contact", _("Contact person"), lambda content: content["contact_name"]),
    _content("email", _("E-mail of the contact person"), lambda content: content["contact_email"]),
    _content("areas", _("Areas"), _areas),
    _content("fields", _("Hoped fields of study"), _labels("hoped_fields", dict(Field.choices))),
    _content("outputs", _("Hoped output"), _labels("hoped_outputs", dict(Output.choices))),
    _content("hours", _("Expert time, hours a week"), _hours, "num"),
    _content("working", _("Working language"), _label("working_language", dict(Language.choices))),
    _content("language", _("Language of the text"), _label("language", dict(Language.choices))),
    _content("funding", _("Funding thought"), _funding),
    _content("publish", _("May be published"), _permission),
)
