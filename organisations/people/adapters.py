"""How django-allauth is fitted to the portal."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Sends sign-in letters through the outbox."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Names the portal in authenticator applications."""
