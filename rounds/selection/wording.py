"""Numbers of challenges in words."""

from __future__ import annotations

from django.utils.translation import ngettext


def challenges(count: int) -> str:
    """Return “one challenge” or “3 challenges”, to stand where nothing inflects it."""
    return ngettext("one challenge", "%(counter)d challenges", count) % {"counter": count}
