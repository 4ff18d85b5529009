"""What a person's own data file tells of planning: their working time."""

from organisations.people.exports import exports_rows
from rounds.planning.models import WorkLog
from rounds.planning.reminding.models import PlannedReminder

exports_rows(
    "working_time",
    WorkLog,
    "user",
    ("phase__round__slug", "phase__key", "done_on", "days", "note", "created_at"),
)
exports_rows(
    "reminders_moved",
    PlannedReminder,
    "changed_by",
    ("round__slug", "rule", "is_on", "changed_at"),
)
