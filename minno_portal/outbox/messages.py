"""A letter as an e-mail message with its headers."""

from __future__ import annotations

from email.utils import formataddr, parseaddr

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.mail import EmailMultiAlternatives

from minno_portal.outbox.addresses import thread_id
from minno_portal.outbox.models import Letter


def message_for(letter: Letter) -> EmailMultiAlternatives:
    """Return the message of a letter, plain text with an HTML part."""
    headers = _headers(letter)
    if settings.BOUNCE_ADDRESS:
        # Servers return a letter to its envelope's sender; people answer to the one in the header.
        headers["From"] = sender_line(letter)
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=settings.BOUNCE_ADDRESS or sender_line(letter),
        to=[formataddr((letter.recipient_name, letter.recipient))],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers=headers,
    )
    # For a mail service: its news of the letter name it, and nobody's reading is followed.
    message.metadata = {"letter": letter.message_id}  # type: ignore[attr-defined]
    message.track_opens = message.track_clicks = False  # type: ignore[attr-defined]
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return message


def sender_line(letter: Letter) -> str:
    """Return the portal's own address under the sender's name; servers trust no other address."""
    own_name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((letter.sender_name or own_name, address))


def _headers(letter: Letter) -> dict[str, str]:
    headers = {
        "Message-ID": letter.message_id,
        # Out-of-office programs must not answer a machine.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": letter.language,
    }
    if letter.unsubscribe_url:
        # RFC 8058: one press in the mail program, no page and no sign-in.
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if letter.about_type_id is not None and letter.about_id is not None:
        kind = ContentType.objects.get_for_id(letter.about_type_id)
        headers["References"] = thread_id(f"{kind.app_label}.{kind.model}", letter.about_id)
    return headers
