"""What leaves the table as a spreadsheet: sheets by key, which later steps add to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import rules
from django.db.models import OuterRef, Q, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisations.partnership.permissions import coordinates, hosts
from organisations.people.models import User
from rounds.challenges.enums import Status, Visibility
from rounds.challenges.models import Comment, Revision
from rounds.challenges.querysets import ChallengeQuerySet
from rounds.challenges.table.answers import Names, cell, questions_of
from rounds.challenges.table.standard import title_as_submitted
from rounds.planning.models import Round

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its heads and its rows, which are read while they are written."""

    key: str
    title: str
    heads: Sequence[str]
    rows: Iterator[Sequence[Any]]


Make = Callable[[Round, User, ChallengeQuerySet], tuple[Sequence[str], Iterator[Sequence[Any]]]]


@dataclass(frozen=True, slots=True)
class SheetKind:
    """A sheet that can be made of challenges for whoever has the permission in their round."""

    key: str
    title: str | Promise
    make: Make
    permission: str = "rounds.see_round"


_kinds: dict[str, SheetKind] = {}


def add_sheet(kind: SheetKind) -> None:
    """Register a sheet; they stand in the file in this order."""
    _kinds[kind.key] = kind


def sheets_for(user: User, round_: Round) -> dict[str, SheetKind]:
    """Return the sheets that `user` may take out of a round."""
    return {
        key: kind for key, kind in _kinds.items() if rules.has_perm(kind.permission, user, round_)
    }


def sheet_of(kind: SheetKind, round_: Round, user: User, challenges: ChallengeQuerySet) -> Sheet:
    """Return the sheet of a kind about `challenges`, in their order where rows are challenges."""
    heads, rows = kind.make(round_, user, challenges)
    return Sheet(kind.key, str(kind.title), heads, rows)


def _challenges(
    round_: Round, _user: User, challenges: ChallengeQuerySet
) -> tuple[Sequence[str], Iterator[Sequence[Any]]]:
    """Make the sheet of challenges, with every answer of the version that was submitted last."""
    questions = questions_of(round_)
    heads = [
        gettext("Reference number"),
        gettext("Status"),
        gettext("Organisation"),
        gettext("Business ID"),
        gettext("Submitted"),
        gettext("Version"),
        gettext("Completion by"),
        *(str(question.label) for question in questions),
    ]
    return heads, _challenge_rows(challenges, questions)


def _challenge_rows(
    challenges: ChallengeQuerySet, questions: Sequence[Any]
) -> Iterator[Sequence[Any]]:
    names, labels = Names.read(), {value: str(label) for value, label in Status.choices}
    versions = Revision.objects.filter(challenge=OuterRef("pk")).order_by("-number")
    rows = challenges.annotate(
        last_content=Subquery(versions.values("content")[:1]),
        last_number=Subquery(versions.values("number")[:1]),
    ).values_list(
        "status",
        "last_content",
        "reference",
        "organisation__name",
        "organisation__business_id",
        "submitted_at",
        "last_number",
        "completion_due_at",
    )
    for status, content, reference, *facts in rows.iterator(chunk_size=CHUNK):
        answers = (cell(question, content or {}, names) for question in questions)
        yield [reference, labels[status], *facts, *answers]


def _comments(
    round_: Round, user: User, challenges: ChallengeQuerySet
) -> tuple[Sequence[str], Iterator[Sequence[Any]]]:
    """Make the sheet of comments: of notes to oneself only the person's own.

    As on the page, an administrator is not among those who read what the parties say.
    """
    heads = [
        gettext("Reference number"),
        gettext("Title"),
        gettext("Written"),
        gettext("Author"),
        gettext("Who sees this"),
        gettext("Comment"),
    ]
    seen = [Visibility.ASSOCIATION]
    if (coordinates | hosts).test(user, round_):
        seen.append(Visibility.PARTIES)
    return heads, _comment_rows(user, challenges, seen)


def _comment_rows(
    user: User, challenges: ChallengeQuerySet, seen: Sequence[Visibility]
) -> Iterator[Sequence[Any]]:
    labels = {value: str(label) for value, label in Visibility.choices}
    readable = Comment.objects.filter(
        Q(visibility__in=seen) | Q(author=user),
        challenge__in=challenges.order_by().values("pk"),
    )
    titled = readable.annotate(shown_title=title_as_submitted("challenge__"))
    rows = titled.order_by("challenge__number", "created_at", "pk").values_list(
        "challenge__reference",
        "shown_title",
        "created_at",
        "author__name",
        "author__email",
        "visibility",
        "body",
    )
    for reference, title, written, name, email, seen_by, body in rows.iterator(chunk_size=CHUNK):
        yield [reference, title, written, name or email or "", labels[seen_by], body]


add_sheet(SheetKind("challenges", _("Challenges"), _challenges))
add_sheet(SheetKind("comments", _("Comments"), _comments))
