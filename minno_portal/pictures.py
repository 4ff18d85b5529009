"""Images are drawn anew: what is stored holds the picture and nothing else."""

from __future__ import annotations

import io
import warnings
from typing import Any, Final

from PIL import Image, ImageFile, ImageOps

from minno_portal.file_errors import Broken, NotWhatItSays, TooManyPixels

# A telephone takes pictures of 12 to 50 million pixels; each takes four bytes when it is opened.
MOST_PIXELS: Final = 50_000_000

_BEGINNINGS: Final = {
    "PNG": (b"\x89PNG\r\n\x1a\n",),
    "JPEG": (b"\xff\xd8\xff",),
    "GIF": (b"GIF87a", b"GIF89a"),
    "WEBP": (b"RIFF",),
}
_OPTIONS: Final[dict[str, dict[str, Any]]] = {
    "PNG": {},
    "JPEG": {"quality": 88},
    "GIF": {},
    "WEBP": {"quality": 88},
}
# How many colours and whether they are seen through; everything else becomes one of these.
_MODES: Final = frozenset({"L", "RGB", "RGBA"})


def kind_of(content: bytes) -> str:
    """Return which kind of image the bytes begin like, empty for none that is known."""
    return next((kind for kind, begins in _BEGINNINGS.items() if content.startswith(begins)), "")


def redraw(content: bytes, kind: str, within: tuple[int, int] | None = None) -> bytes:
    """Return the image drawn anew, upright, without place, camera, comments or hidden files.

    :param kind: PNG, JPEG, GIF (its first picture) or WEBP.
    :param within: the width and height that it is made to fit into; a smaller one stays.
    :raises NotWhatItSays: when it is no such image.
    :raises TooManyPixels: before anything that large is opened.
    :raises Broken: when it cannot be read to its end.
    """
    if not content.startswith(_BEGINNINGS[kind]):
        raise NotWhatItSays
    try:
        return _redraw(content, kind, within)
    except Image.DecompressionBombError as error:
        raise TooManyPixels from error
    except TooManyPixels:
        raise
    except Exception as error:
        raise Broken from error


def _redraw(content: bytes, kind: str, within: tuple[int, int] | None) -> bytes:
    with warnings.catch_warnings():
        # Our own limit is the lower one.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        picture: Image.Image = Image.open(io.BytesIO(content), formats=[kind])
    if picture.width * picture.height > MOST_PIXELS:
        raise TooManyPixels
    # WeasyPrint, once it is imported, lets the whole process read images that were cut off.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    picture.load()
    picture = ImageOps.exif_transpose(picture)
    if picture.mode not in _MODES:
        picture = picture.convert("RGBA" if _is_see_through(picture) else "RGB")
    if kind == "JPEG" and picture.mode == "RGBA":
        picture = picture.convert("RGB")
    if within is not None:
        picture.thumbnail(within, Image.Resampling.LANCZOS)
    picture.info = {}
    drawn = io.BytesIO()
    picture.save(drawn, kind, **_OPTIONS[kind])
    return drawn.getvalue()


def _is_see_through(picture: Image.Image) -> bool:
    return picture.has_transparency_data
