"""What the register holds of a person, for their own data file."""

from __future__ import annotations

from typing import Any

from organisations.membership.services import own_addresses
from organisations.people.exports import exports_data
from organisations.people.models import User
from organisations.register.models import Contact, Note


@exports_data("register_of_associations")
def _contacts(user: User) -> list[dict[str, Any]]:
    rows = Contact.objects.filter(email__in=own_addresses(user)).order_by("pk")
    fields = ("organisation__name", "name", "email", "phone", "task", "language", "no_mail")
    return [dict(row) for row in rows.values(*fields, "created_at")]


@exports_data("notes_written")
def _notes(user: User) -> list[dict[str, Any]]:
    rows = Note.objects.filter(author=user).order_by("pk")
    return [dict(row) for row in rows.values("organisation__name", "body", "created_at")]
