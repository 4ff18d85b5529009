"""What a person's own data file tells of planning: their working time."""

from organisations.people.exports import exports_rows
from rounds.planning.models import WorkLog

exports_rows(
    "working_time",
    WorkLog,
    "user",
    ("phase__round__slug", "phase__key", "done_on", "days", "note", "created_at"),
)
