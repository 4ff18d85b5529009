"""A letter as an e-mail message with its headers."""

from __future__ import annotations

import logging
from email.mime.image import MIMEImage
from email.utils import parseaddr, quote

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.core.mail import EmailMultiAlternatives
from django.utils.html import format_html

from minno_portal.outbox.addresses import thread_id
from minno_portal.outbox.models import Letter

# Where the template of the HTML part has the logo.
LOGO_PLACE = "<!--logo-->"
_LOGO_ID = "logo@letter"

logger = logging.getLogger(__name__)


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
        to=[address_line(letter.recipient_name, letter.recipient)],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers=headers,
    )
    # For a mail service: its news of the letter name it, and nobody's reading is followed.
    message.metadata = {"letter": letter.message_id}  # type: ignore[attr-defined]
    message.track_opens = message.track_clicks = False  # type: ignore[attr-defined]
    if letter.html:
        _add_html(message, letter)
    return message


def _add_html(message: EmailMultiAlternatives, letter: Letter) -> None:
    """Add the HTML part; the logo goes along inside the message, never as a remote image.

    It is put in only now, so that editing a letter needs no care for it, and a letter whose image
    is gone goes out without one.
    """
    logo = _logo(letter.logo)
    html = letter.html
    if logo is not None:
        # Text parts and image stand beside each other in one multipart/related.
        message.mixed_subtype = "related"  # type: ignore[attr-defined]
        message.attach(logo)
        html = html.replace(LOGO_PLACE, _logo_tag(letter), 1)
    message.attach_alternative(html, "text/html")


def _logo(name: str) -> MIMEImage | None:
    if not name:
        return None
    try:
        with default_storage.open(name, "rb") as file:
            content = file.read()
    except OSError:
        logger.warning("the logo %s is not in the file store", name)
        return None
    image = MIMEImage(content)
    image.add_header("Content-ID", f"<{_LOGO_ID}>")
    image.add_header(
        "Content-Disposition", "inline", filename=f"logo.{image.get_content_subtype()}"
    )
    return image


def _logo_tag(letter: Letter) -> str:
    alt = letter.sender_name or parseaddr(settings.DEFAULT_FROM_EMAIL)[0]
    return format_html('<p><img class="logo" src="cid:{}" alt="{}"></p>', _LOGO_ID, alt)


def sender_line(letter: Letter) -> str:
    """Return the portal's own address under the sender's name; servers trust no other address."""
    own_name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return address_line(letter.sender_name or own_name, address)


def address_line(name: str, address: str) -> str:
    """Return a name and an address as they stand in a header, not encoded.

    Django encodes it for a mail server; a mail service's interface wants plain letters.
    """
    return f'"{quote(" ".join(name.split()))}" <{address}>' if name.strip() else address


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
