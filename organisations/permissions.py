"""Loads the permissions of every part of this app."""

from organisations.membership import permissions as membership
from organisations.partnership import permissions as partnership
from organisations.people import permissions as people
from organisations.register import permissions as register

__all__ = ["membership", "partnership", "people", "register"]
