"""What letters ask of coordinators on their first page."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minno_portal.outbox.enums import State
from minno_portal.outbox.models import Letter
from minno_portal.waiting import Waiting, apart_from_rounds, provides_waiting
from organisations.models import Partnership, User
from rounds.planning.outbox.listing import FAILED, WAITS

_NEEDS_SOMEBODY = Q(state=State.HELD) | Q(state__in=(State.FAILED, State.BOUNCED), settled_at=None)


@provides_waiting
@apart_from_rounds
def letters_waiting(user: User) -> Iterator[Waiting]:
    """Tell coordinators of letters that wait for them or did not arrive (one query)."""
    if not user.ties.coordinator:
        return
    houses = Partnership.objects.filter(coordinator__in=user.ties.coordinator)
    counted = (
        Letter.objects.filter(_NEEDS_SOMEBODY, house__in=houses.values("pk"))
        .order_by()
        .values_list("state", "thread")
        .annotate(count=Count("pk"))
    )
    held: dict[str, int] = {}
    lost: dict[str, int] = {}
    for state, thread, count in counted:
        threads = held if state == State.HELD else lost
        threads[thread] = threads.get(thread, 0) + count
    if lost:
        text = ngettext(
            "One letter did not arrive", "%(count)d letters did not arrive", sum(lost.values())
        )
        detail = _("See why, correct the address and send again.")
        yield _line(text, lost, FAILED, detail)
    if held:
        text = ngettext(
            "One letter waits for you to send it",
            "%(count)d letters wait for you to send them",
            sum(held.values()),
        )
        yield _line(text, held, WAITS, _("Read, touch up and send."))


def _line(text: str, threads: dict[str, int], look: str, detail: str) -> Waiting:
    """Return the line; it leads to the round's letters where all of them are of one round."""
    [thread, *others] = threads
    only = "" if others else thread
    url = reverse("round-letters", args=(only,)) if only else reverse("letters")
    count = sum(threads.values())
    return Waiting(text % {"count": count}, f"{url}?look={look}", detail=detail, thread=only)
