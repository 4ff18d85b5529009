"""The receipt of a submitted version: what came, when and from whom, as a page and as a PDF."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation

from minno_portal import clock
from minno_portal.outbox.models import Letter
from minno_portal.pdf import typeset
from rounds.challenges.models import Challenge, Revision
from rounds.challenges.presentation import parts
from rounds.challenges.terms.models import Acceptance

# The same receipt is often opened several times in a row: on the page, from the letter, to print.
KEPT_FOR = 3600


@dataclass(frozen=True, slots=True)
class Receipt:
    """A submitted version with what was accepted by then and where the news of it went."""

    challenge: Challenge
    revision: Revision

    @property
    def file_name(self) -> str:
        """What the PDF is called."""
        number = self.revision.number
        return f"{self.challenge.reference}{f'-v{number}' if number > 1 else ''}.pdf"

    @property
    def acceptances(self) -> QuerySet[Acceptance]:
        """What had been accepted when the version was submitted."""
        accepted: QuerySet[Acceptance] = self.challenge.acceptances.filter(
            accepted_at__lte=self.revision.submitted_at
        ).select_related("accepted_by")
        return accepted

    @property
    def addresses(self) -> list[str]:
        """Where the receipt's letters went."""
        letters = Letter.objects.about(self.challenge).filter(
            key__startswith=f"receipt:{self.challenge.pk}:{self.revision.number}:"
        )
        return list(letters.order_by("pk").values_list("recipient", flat=True))


def receipt_of(challenge: Challenge, number: int | None) -> Receipt | None:
    """Return the receipt of a version, or of the latest; None when there is no such version."""
    revisions = challenge.revisions.select_related("submitted_by")
    if number is not None:
        revisions = revisions.filter(number=number)
    revision = revisions.order_by("number").last()
    return Receipt(challenge, revision) if revision else None


def receipt_pdf(receipt: Receipt, language: str) -> bytes:
    """Return the receipt as an accessible PDF file, kept for an hour: a version never changes.

    :param language: fi, sv or en; the portal's own words, dates and numbers follow it.
    """
    key = f"receipt:{receipt.revision.pk}:{language}"
    pdf: bytes | None = cache.get(key)
    if pdf is None:
        pdf = _typeset(receipt, language)
        cache.set(key, pdf, KEPT_FOR)
    return pdf


def _typeset(receipt: Receipt, language: str) -> bytes:
    content = receipt.revision.content
    context = {
        "receipt": receipt,
        "challenge": receipt.challenge,
        "revision": receipt.revision,
        "round": receipt.challenge.round,
        "parts": parts(content, receipt.challenge.round),
        "files": content.get("attachments", ()),
        "language": language,
        "author": str(settings.SITE_NAME),
        "made_at": clock.now(),
    }
    with translation.override(language):
        html = render_to_string("rounds/challenges/afterwards/receipt_pdf.html", context)
        style = render_to_string("rounds/challenges/afterwards/receipt.css", context)
    return typeset(html, style)
