"""What a person's own data file tells of feedback: that it was asked; answers have no person."""

from organisations.people.exports import exports_rows
from rounds.feedback.models import FeedbackInvitation

exports_rows(
    "feedback_asked",
    FeedbackInvitation,
    "email",
    ("round__slug", "role", "language", "created_at", "is_answered"),
)
