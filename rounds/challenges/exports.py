"""What a person's own data file tells of challenges."""

from __future__ import annotations

from typing import Any

from django.db import models

from organisations.people.exports import exports_data
from organisations.people.models import User
from rounds.challenges.attachments.models import Attachment
from rounds.challenges.models import Challenge, Comment, Revision
from rounds.challenges.terms.models import Acceptance


@exports_data("challenges")
def _challenges(user: User) -> list[dict[str, Any]]:
    """Return the challenges where the person is named, began the text or accepted the terms."""
    rows = Challenge.objects.filter(
        models.Q(created_by=user)
        | models.Q(terms_accepted_by=user)
        | models.Q(contact_email__iexact=user.email)
        | models.Q(deputy_email__iexact=user.email)
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


@exports_data("submitted_versions")
def _versions(user: User) -> list[dict[str, Any]]:
    rows = Revision.objects.filter(submitted_by=user).order_by("pk")
    return [dict(row) for row in rows.values("challenge__reference", "number", "submitted_at")]


@exports_data("comments")
def _comments(user: User) -> list[dict[str, Any]]:
    rows = Comment.objects.filter(author=user).order_by("pk")
    return [
        dict(row) for row in rows.values("challenge__reference", "visibility", "body", "created_at")
    ]


@exports_data("accepted")
def _accepted(user: User) -> list[dict[str, Any]]:
    rows = Acceptance.objects.filter(accepted_by=user).order_by("pk")
    return [
        dict(row)
        for row in rows.values("challenge__reference", "document", "version", "accepted_at")
    ]


@exports_data("attachments")
def _attachments(user: User) -> list[dict[str, Any]]:
    rows = Attachment.objects.filter(uploaded_by=user).order_by("pk")
    return [
        dict(row)
        for row in rows.values(
            "challenge__reference", "name", "size", "sha256", "uploaded_at", "removed_at"
        )
    ]
