"""Taking the table along: as a workbook with all its sheets, or one sheet as CSV."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from minno_portal import clock
from organisations.access import SignedInRequest
from rounds.challenges.querysets import ChallengeQuerySet
from rounds.challenges.table.export import sheet_of, sheets_for
from rounds.challenges.table.files import as_csv, as_xlsx
from rounds.challenges.table.filters import Filters, of_round
from rounds.challenges.table.picking import picked_keys
from rounds.challenges.table.views import round_or_404
from rounds.planning.models import Round

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_safe
def challenges_xlsx(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """Send the chosen or filtered challenges, their comments and the rest as a workbook."""
    round_ = round_or_404(request, slug)
    challenges = _wanted(request, round_)
    sheets = (
        sheet_of(kind, round_, request.user, challenges)
        for kind in sheets_for(request.user, round_).values()
    )
    return FileResponse(
        as_xlsx(sheets), as_attachment=True, filename=_name(round_, "xlsx"), content_type=XLSX
    )


@login_required
@require_safe
def challenges_csv(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """Send one sheet about the chosen or filtered challenges."""
    round_ = round_or_404(request, slug)
    kind = sheets_for(request.user, round_).get(request.GET.get("sheet", "challenges"))
    if kind is None:
        raise Http404
    sheet = sheet_of(kind, round_, request.user, _wanted(request, round_))
    name = _name(round_, "csv", "" if kind.key == "challenges" else f"-{kind.key}")
    response = StreamingHttpResponse(as_csv(sheet), content_type="text/csv; charset=utf-8")
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Disposition"] = disposition or "attachment"
    return response


def _wanted(request: SignedInRequest, round_: Round) -> ChallengeQuerySet:
    """Return the challenges that were chosen; where none were, those that the filters pass."""
    keys = picked_keys(request.GET)
    if keys:
        return of_round(round_).filter(pk__in=keys).order_by("number")
    return Filters.of(request.GET, round_, request.user).challenges()


def _name(round_: Round, ending: str, part: str = "") -> str:
    return f"{round_.slug}{part}-{clock.today():%Y-%m-%d}.{ending}"
