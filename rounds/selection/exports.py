"""What a person's own data file tells of choosing: what they said, asked, answered and decided.

Nobody's file tells of a decision before it is told: the association's people are found by what they
did themselves, and a tutor's name by projects that have been told.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from organisations.people.exports import exports_data, exports_rows, leaves_out
from organisations.people.models import User
from rounds.selection.assessing.models import Assignment, Recusal
from rounds.selection.deciding.models import (
    Correction,
    FeedbackWish,
    LetterDraft,
    Participation,
)
from rounds.selection.models import Assessment, Decision, Packet, Proposal

_OF = "challenge__reference"
_WISH = (_OF, "question", "asked_at", "answer", "answered_at")


@exports_data("assessments", covers=("rounds.Assessment.assessor",))
def _assessments(user: User) -> list[dict[str, Any]]:
    rows = Assessment.objects.filter(assessor=user).select_related("challenge")
    return [
        {
            "challenge__reference": assessment.challenge.reference,
            "party": assessment.party,
            "marks": {score.criterion.name: score.value for score in assessment.scores.all()},
            "comment": assessment.comment,
            "saved_at": assessment.saved_at,
            "done_at": assessment.done_at,
        }
        for assessment in rows.prefetch_related("scores__criterion").order_by("pk")
    ]


exports_rows("asked_to_assess", Assignment, "assessor", (_OF, "assigned_at"))
exports_rows(
    "asked_others_to_assess", Assignment, "assigned_by", (_OF, "assessor__email", "assigned_at")
)
exports_rows("standing_aside", Recusal, "user", (_OF, "kind", "note", "declared_at"))
exports_rows("packets_sent", Packet, "sent_by", ("round__slug", "number", "message", "sent_at"))
exports_rows("proposals", Proposal, "proposed_by", (_OF, "suggested", "rationale"))
exports_rows(
    "answers",
    Proposal,
    "answered_by",
    (_OF, "answer", "answer_note", "answered_at", "tutor_name", "tutor_email", "teams"),
)
exports_rows(
    "tutor_of",
    Proposal,
    "tutor_email",
    (_OF, "tutor_name", "tutor_email"),
    where=Q(challenge__announced_at__isnull=False),
)
exports_rows("decisions", Decision, "decided_by", (_OF, "outcome", "decided_at", "announced_at"))
exports_rows(
    "letters_edited",
    LetterDraft,
    "edited_by",
    ("decision__challenge__reference", "email", "subject", "text", "edited_at"),
)
leaves_out("rounds.LetterDraft.email", "a letter that has been sent stands among the letters")
exports_rows(
    "corrections", Correction, "sent_by", ("decision__challenge__reference", "text", "sent_at")
)
exports_rows("took_part", Participation, "confirmed_by", (_OF, "confirm_by", "confirmed_at"))
exports_rows("feedback_wishes", FeedbackWish, "asked_by", _WISH)
exports_rows("feedback_given", FeedbackWish, "answered_by", _WISH)
