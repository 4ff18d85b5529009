"""Who must not be mailed.

Announcements of calls and other letters to many go only to whom `mailable` allows. Letters about
what a person or an association has begun (codes, receipts, reminders of drafts, decisions) are the
service itself and are always sent.
"""

from __future__ import annotations

from organisations.register.models import Contact, Organisation


def mailable(whom: Organisation | Contact) -> bool:
    """Whether an announcement may be sent to the association or its contact person."""
    if isinstance(whom, Contact):
        return not whom.no_mail and mailable(whom.organisation)
    return not whom.no_mail
