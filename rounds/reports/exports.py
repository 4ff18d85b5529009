"""What a person's own data file tells of reports: those they asked for."""

from organisations.people.exports import exports_rows
from rounds.reports.models import RoundReport

exports_rows(
    "reports_asked",
    RoundReport,
    "requested_by",
    ("round__slug", "language", "created_at", "finished_at"),
)
