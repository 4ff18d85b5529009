"""Personal links: the recipient has the token, the portal a hash of it."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """Return a token that nobody can guess."""
    return secrets.token_urlsafe(24)


def token_hash(token: str) -> str:
    """Return what is stored of a personal link."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
