"""Forms about signing in and oneself."""

from __future__ import annotations

from allauth.account.forms import RequestLoginCodeForm


class RequestCodeForm(RequestLoginCodeForm):  # type: ignore[misc]
    """Asks for an address and sends a code to it, whether it is known or new."""
