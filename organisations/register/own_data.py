"""What the register holds of a person, for their own data file."""

from __future__ import annotations

from organisations.people.exports import exports_rows
from organisations.register.models import Contact, Note, RegisterImport

exports_rows(
    "register_of_associations",
    Contact,
    "email",
    (
        "organisation__name",
        "name",
        "email",
        "phone",
        "task",
        "language",
        "no_mail",
        "created_at",
    ),
)
exports_rows("notes_written", Note, "author", ("organisation__name", "body", "created_at"))
exports_rows(
    "tables_brought", RegisterImport, "started_by", ("file_name", "created_at", "applied_at")
)
