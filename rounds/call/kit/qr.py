"""QR codes as pictures that print sharply."""

from __future__ import annotations

import base64
from io import BytesIO

import qrcode
from qrcode.image.svg import SvgPathFillImage


def qr_address(text: str) -> str:
    """Return a QR code of `text` as the `data:` address of an SVG picture."""
    code = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_M, border=2, image_factory=SvgPathFillImage
    )
    code.add_data(text)
    target = BytesIO()
    code.make_image().save(target)
    return "data:image/svg+xml;base64," + base64.b64encode(target.getvalue()).decode()
