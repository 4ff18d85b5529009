"""A file sent with a challenge."""

from __future__ import annotations

import uuid
from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Func, Value
from django.utils.translation import gettext_lazy as _

from minno_portal import clock
from organisations.people.models import User
from rounds.challenges.models import Challenge, Revision
from rounds.challenges.querysets import ChallengeQuerySet

NAME_LENGTH = 120


def stored_as(attachment: Attachment, _name: str) -> str:
    """Return where the file lies: a random name, for what people call it is not to be trusted."""
    return f"attachments/{attachment.challenge_id}/{uuid.uuid4().hex}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Attachments by whether they still belong to the challenge."""

    def present(self) -> AttachmentQuerySet:
        """Those that have not been removed."""
        return self.filter(removed_at=None)

    def visible_to(self, user: User) -> AttachmentQuerySet:
        """Return what `user` may open: of own challenges all, as a party what was submitted."""
        challenges: ChallengeQuerySet = Challenge.objects.visible_to(user).select_related(None)
        own = models.Q(challenge__in=Challenge.objects.of_contact(user).select_related(None))
        return self.filter(
            own | models.Q(_named_in_a_version()), challenge__in=challenges
        ).select_related("challenge__round__partnership")


def _named_in_a_version() -> models.Exists:
    """Whether a submitted version of the challenge names the attachment."""
    named = Func(Value("id"), models.OuterRef("pk"), function="jsonb_build_object")
    versions = Revision.objects.filter(
        challenge=models.OuterRef("challenge"),
        content__attachments__contains=Func(
            named, function="jsonb_build_array", output_field=models.JSONField()
        ),
    )
    return models.Exists(versions)


@pghistory.track(exclude=["file"])
class Attachment(models.Model):
    """A file of a challenge; a removed one stays as long as a submitted version names it."""

    challenge = models.ForeignKey(
        Challenge, verbose_name=_("challenge"), on_delete=models.CASCADE, related_name="attachments"
    )
    question = models.ForeignKey(
        "rounds.OwnQuestion",
        verbose_name=_("answers the question"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="attachments",
    )
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    content_type = models.CharField(_("kind of file"), max_length=100)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64, editable=False)
    file = models.FileField(_("file"), upload_to=stored_as)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("added by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    uploaded_at = models.DateTimeField(_("added"), default=clock.now)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("removed by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects: ClassVar = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ("challenge", "uploaded_at", "pk")

    def __str__(self) -> str:
        return self.name

    def is_in_a_version(self) -> bool:
        """Whether a submitted version names it, so that it must stay readable."""
        return Attachment.objects.filter(_named_in_a_version(), pk=self.pk).exists()
