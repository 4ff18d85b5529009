"""Loads the permissions of every part of this app."""

from organisations.membership import permissions as membership
from organisations.partnership import permissions as partnership

__all__ = ["membership", "partnership"]
