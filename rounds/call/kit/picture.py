"""The picture that goes with a shared link: 1200 × 630 pixels, drawn here."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from minno_portal.pdf import font_file
from rounds.call.kit.moments import Moment
from rounds.call.kit.texts import headline
from rounds.planning.models import Round

# What the services that show shared links expect (Open Graph).
SIZE = WIDTH, HEIGHT = 1200, 630
MARGIN = 80
TITLE_SIZES = (84, 72, 60, 50)
LINE_SIZE = 40
MOST_TITLE_LINES = 3
PAPER, INK, SOFT, PINE, SUN = "#f5f8f8", "#1b2a30", "#4c5a60", "#0b5a54", "#e8b04a"


def picture_png(round_: Round, moment: Moment, facts: dict[str, Any], language: str) -> bytes:
    """Return a moment's picture as a PNG file."""
    said = headline(round_, moment, facts, language)
    image = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDTH, 24), fill=PINE)
    draw.rectangle((MARGIN, 92, MARGIN + 96, 104), fill=SUN)
    font, lines = _fitting(draw, said.title)
    top = 130
    for line in lines:
        draw.text((MARGIN, top), line, font=font, fill=INK)
        top += int(font.size * 1.15)
    top += 24
    small = _font(LINE_SIZE, bold=False)
    for text in said.lines:
        for line in _wrapped(draw, text, small):
            draw.text((MARGIN, top), line, font=small, fill=SOFT)
            top += int(LINE_SIZE * 1.35)
    partnership = round_.partnership
    names = f"{partnership.coordinator.shown_name} × {partnership.institution.shown_name}"
    draw.text((MARGIN, HEIGHT - 90), names, font=_font(34, bold=True), fill=PINE)
    target = BytesIO()
    image.save(target, "PNG", optimize=True)
    return target.getvalue()


def _fitting(draw: ImageDraw.ImageDraw, title: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """Return the largest type in which the title takes few enough lines."""
    for size in TITLE_SIZES:
        font = _font(size, bold=True)
        lines = _wrapped(draw, title, font)
        if len(lines) <= MOST_TITLE_LINES:
            break
    return font, lines[:MOST_TITLE_LINES]


def _wrapped(draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines = [""]
    # Days stay with their dates: a no-break space is no place to break.
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and draw.textlength(longer, font=font) > WIDTH - 2 * MARGIN:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _font(size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font_file(600 if bold else 400), size)
