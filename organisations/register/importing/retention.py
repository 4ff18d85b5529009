"""Tables that were brought hold personal data: they are not kept longer than they are of use."""

from __future__ import annotations

import datetime as dt

from minno_portal import clock
from minno_portal.services import service
from organisations.register.models import RegisterImport

DAYS_KEPT = 7


@service
def empty_old_imports(days: int = DAYS_KEPT) -> int:
    """Empty tables that were stored, and forget those that were not, after `days`.

    :returns: how many there were.
    """
    old = RegisterImport.objects.filter(created_at__lt=clock.now() - dt.timedelta(days=days))
    left, _by_model = old.filter(applied_at=None).delete()
    emptied = old.exclude(rows=[]).update(header=[], rows=[], matching={})
    return int(left) + int(emptied)
