"""How pages and scripts learn that a text was saved: when, by whom, and what came in between."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import BigIntegerField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.forms import BoundField
from django.utils.translation import gettext as _

from organisations.people.models import User
from rounds.challenges.models import Challenge
from rounds.challenges.progress import when_saved
from rounds.challenges.section_forms import SectionForm


def saved_words(challenge: Challenge, reader: User) -> str:
    """Return “Saved at 14:05.”, with the name of a colleague who did it (one query)."""
    who = _who_saved(challenge)
    when = when_saved(challenge)
    if who is None or who.pk == reader.pk:
        return _("Saved %(time)s.") % {"time": when}
    return _("Saved by %(person)s %(time)s.") % {"person": who, "time": when}


def _who_saved(challenge: Challenge) -> User | None:
    """Return who wrote the row of history that has the present time of saving."""
    return User.objects.filter(pk__in=_savers(challenge)).first()


def _savers(challenge: Challenge) -> Any:
    who = Cast(KeyTextTransform("user", "pgh_context__metadata"), BigIntegerField())
    events = Challenge.pgh_event_model.objects  # type: ignore[attr-defined]
    return (
        events.filter(pgh_obj=challenge.pk, saved_at=challenge.saved_at)
        .order_by("pgh_id")
        .values_list(who, flat=True)[:1]
    )


def posted_values(form: SectionForm, names: Collection[str]) -> dict[str, list[str]]:
    """Return an unbound form's values of `names` as a browser would post them."""
    return {name: _posted(form[name]) for name in names}


def _posted(field: BoundField) -> list[str]:
    value = field.value()
    if isinstance(value, bool):
        return ["on"] if value else []
    shown = field.field.widget.format_value(value)
    if shown is None:
        return []
    return [str(item) for item in shown] if isinstance(shown, list) else [str(shown)]
