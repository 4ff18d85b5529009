"""What a person's own data file tells of challenges."""

from __future__ import annotations

from typing import Any

from django.db import models

from organisations.people.exports import at_own_address, exports_data, exports_rows, leaves_out
from organisations.people.models import User
from rounds.challenges.attachments.models import Attachment
from rounds.challenges.helping.models import CompletionPoint, LatePermission, QualityMark, Reading
from rounds.challenges.models import Challenge, Comment, Revision
from rounds.challenges.table.models import SavedView
from rounds.challenges.terms.models import Acceptance


@exports_data(
    "challenges",
    covers=(
        "rounds.Challenge.created_by",
        "rounds.Challenge.terms_accepted_by",
        "rounds.Challenge.contact_email",
        "rounds.Challenge.deputy_email",
    ),
)
def _challenges(user: User) -> list[dict[str, Any]]:
    """Return the challenges where the person is named, began the text or accepted the terms."""
    rows = Challenge.objects.filter(
        models.Q(created_by=user)
        | models.Q(terms_accepted_by=user)
        | at_own_address(user, "contact_email", "deputy_email")
    ).order_by("pk")
    return [
        {
            "reference": challenge.reference,
            "title": challenge.title,
            "contact_person": challenge.contact_name,
            "telephone": challenge.contact_phone,
            "deputy": challenge.deputy_name,
            "begun_at": challenge.created_at,
            "submitted_at": challenge.submitted_at,
            "terms_accepted_at": challenge.terms_accepted_at,
            "terms_version": challenge.terms_version,
        }
        for challenge in rows
    ]


leaves_out("rounds.Challenge.decided_by", "stands in the decision itself, which is exported")

_OF = "challenge__reference"
_FILE = (_OF, "name", "size", "sha256", "uploaded_at", "removed_at")

exports_rows("submitted_versions", Revision, "submitted_by", (_OF, "number", "submitted_at"))
exports_rows("comments", Comment, "author", (_OF, "visibility", "body", "created_at"))
exports_rows("accepted", Acceptance, "accepted_by", (_OF, "document", "version", "accepted_at"))
exports_rows("attachments", Attachment, "uploaded_by", _FILE)
exports_rows("attachments_removed", Attachment, "removed_by", _FILE)
exports_rows("completions_asked", CompletionPoint, "asked_by", (_OF, "text", "asked_at"))
exports_rows("completions_done", CompletionPoint, "done_by", (_OF, "text", "done_at"))
exports_rows(
    "quality_checks", QualityMark, "marked_by", (_OF, "point", "verdict", "note", "marked_at")
)
exports_rows(
    "late_permissions",
    LatePermission,
    "granted_by",
    ("round__slug", "organisation__name", "until", "reason", "granted_at"),
)
exports_rows("challenges_read", Reading, "user", (_OF, "revision", "read_at"))
exports_rows("saved_views", SavedView, "user", ("name", "query", "created_at"))
