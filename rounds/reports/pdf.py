"""From a round to an accessible PDF (PDF/UA-1): a template, a stylesheet, fonts from a package."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import font_source_sans_pro
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from rounds.feedback.results import SMALLEST_GROUP
from rounds.planning.models import Round
from rounds.reports.charts import charts_of
from rounds.reports.figures import gather

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
    """The report named something outside itself."""


def round_report_pdf(
    round_: Round, language: str, progress: Progress = lambda _per_cent: None
) -> bytes:
    """Return a round's report as a PDF file.

    :param round_: with its partnership and the partnership's organisations.
    :param language: fi, sv or en; texts, dates and numbers follow it.
    :param progress: told how many per cent are done.
    """
    with translation.override(language):
        figures = gather(round_)
        progress(25)
        html = render_to_string(
            "rounds/reports/report.html",
            {
                "figures": figures,
                "round": round_,
                "partnership": round_.partnership,
                "charts": charts_of(figures),
                "language": language,
                "smallest_group": SMALLEST_GROUP,
                "author": str(settings.SITE_NAME),
            },
        )
        style = render_to_string("rounds/reports/report.css", {"round": round_})
        progress(40)
    return _typeset(html, style, progress)


def _typeset(html: str, style: str, progress: Progress) -> bytes:
    # WeasyPrint takes a second to import, and only the worker and the command need it.
    import weasyprint  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    fonts = FontConfiguration()
    fetcher = _own_fetcher()
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
def _own_fetcher() -> Any:
    """Return a fetcher that opens the report's fonts and `data:` addresses, nothing else."""
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    class OwnFilesOnly(URLFetcher):  # type: ignore[misc]
        """Refuses the network and every other file of the machine."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if not url.startswith("data:") and url not in FONT_ADDRESSES:
                raise ForbiddenAddress(url)
            return super().fetch(url, headers)

    return OwnFilesOnly(allowed_protocols={"data", "file"}, allow_redirects=False)
