"""What this part does when something happens elsewhere; imported at start."""

from __future__ import annotations

from allauth.mfa.signals import authenticator_added

from organisations.people import digest, own_data
from organisations.people.second_factor import remember_new_factor

__all__ = ["digest", "own_data"]

authenticator_added.connect(remember_new_factor, dispatch_uid="people.remember_new_factor")
