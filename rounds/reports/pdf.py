"""From a round to its report as an accessible PDF: a template and a stylesheet."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from minno_portal.pdf import Progress, typeset
from rounds.feedback.results import SMALLEST_GROUP
from rounds.planning.models import Round
from rounds.reports.charts import charts_of
from rounds.reports.figures import gather


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
    return typeset(html, style, progress)
