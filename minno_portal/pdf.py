"""From HTML to an accessible PDF (PDF/UA-1): fonts from a package, nothing from outside."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import font_source_sans_pro

Progress = Callable[[int], None]

FAMILY = "Source Sans Pro"
_FONT_FOLDER = Path(font_source_sans_pro.__file__).parent / "files"
# Each is a file, its weight and its style.
_FACES = (
    ("SourceSansPro-Regular.ttf", 400, "normal"),
    ("SourceSansPro-It.ttf", 400, "italic"),
    ("SourceSansPro-Semibold.ttf", 600, "normal"),
)
FONT_ADDRESSES = frozenset((_FONT_FOLDER / name).as_uri() for name, _weight, _style in _FACES)


class ForbiddenAddress(ValueError):
    """A document named something outside itself."""


def font_file(weight: int) -> str:
    """Return the file of the portal's upright font in a weight, 400 or 600."""
    name = next(name for name, each, style in _FACES if (each, style) == (weight, "normal"))
    return str(_FONT_FOLDER / name)


def typeset(html: str, style: str, progress: Progress = lambda _per_cent: None) -> bytes:
    """Return a whole HTML document as a PDF file.

    :param html: with its language and its title.
    :param style: the stylesheet; its font is called as `FAMILY` says.
    :param progress: told how many per cent are done.
    """
    # WeasyPrint takes a second to import, and few processes ever need it.
    import weasyprint  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    fonts = FontConfiguration()
    fetcher = own_fetcher()
    sheet = weasyprint.CSS(string=_font_faces() + style, font_config=fonts, url_fetcher=fetcher)
    document = weasyprint.HTML(string=html, url_fetcher=fetcher).render(
        stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True
    )
    progress(80)
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    return pdf


def _font_faces() -> str:
    face = '@font-face {{ font-family: "{}"; src: url("{}"); font-weight: {}; font-style: {}; }}\n'
    return "".join(
        face.format(FAMILY, (_FONT_FOLDER / name).as_uri(), weight, style)
        for name, weight, style in _FACES
    )


@cache
def own_fetcher() -> Any:
    """Return a fetcher that opens the portal's fonts and `data:` addresses, nothing else."""
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    class OwnFilesOnly(URLFetcher):  # type: ignore[misc]
        """Refuses the network and every other file of the machine."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if not url.startswith("data:") and url not in FONT_ADDRESSES:
                raise ForbiddenAddress(url)
            return super().fetch(url, headers)

    return OwnFilesOnly(allowed_protocols={"data", "file"}, allow_redirects=False)
