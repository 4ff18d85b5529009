"""The poster: an A4 page to print or to send, with the link as a QR code."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from minno_portal.pdf import typeset
from rounds.call.kit.moments import Moment
from rounds.call.kit.qr import qr_address
from rounds.call.kit.texts import headline, link
from rounds.planning.models import Round


def poster_pdf(round_: Round, moment: Moment, facts: dict[str, Any], language: str) -> bytes:
    """Return a moment's poster as an accessible PDF file.

    :param language: fi, sv or en.
    """
    address = link(round_, moment, language)
    context = {
        "round": round_,
        "partnership": round_.partnership,
        "headline": headline(round_, moment, facts, language),
        "link": address,
        "shown_link": address.removeprefix("https://").removeprefix("http://"),
        "qr": qr_address(address),
        "language": language,
        "author": str(settings.SITE_NAME),
    }
    with translation.override(language):
        html = render_to_string("rounds/call/kit/poster.html", context)
        style = render_to_string("rounds/call/kit/poster.css", context)
    return typeset(html, style)
