"""Every step's models, so that Django finds them."""

from rounds.call.campaigns.models import Campaign, CampaignRecipient
from rounds.call.models import Fund, SpecificObjective
from rounds.call.questions.models import OwnQuestion
from rounds.challenges.attachments.models import Attachment
from rounds.challenges.helping.models import (
    CompletionPoint,
    LatePermission,
    QualityMark,
    Reading,
)
from rounds.challenges.models import Challenge, Comment, Revision
from rounds.challenges.table.models import SavedView
from rounds.challenges.terms.models import Acceptance
from rounds.feedback.models import FeedbackAnswer, FeedbackInvitation
from rounds.outcomes.models import Outcome
from rounds.planning.models import Phase, Round, WorkLog
from rounds.planning.reminding.models import PlannedReminder
from rounds.projects.models import Team
from rounds.reports.models import RoundReport
from rounds.selection.assessing.models import Assignment, Recusal
from rounds.selection.deciding.models import (
    Correction,
    FeedbackWish,
    LetterDraft,
    Participation,
)
from rounds.selection.models import (
    Assessment,
    Criterion,
    Decision,
    Packet,
    Proposal,
    Ranking,
    Score,
)

__all__ = [
    "Acceptance",
    "Assessment",
    "Assignment",
    "Attachment",
    "Campaign",
    "CampaignRecipient",
    "Challenge",
    "Comment",
    "CompletionPoint",
    "Correction",
    "Criterion",
    "Decision",
    "FeedbackAnswer",
    "FeedbackInvitation",
    "FeedbackWish",
    "Fund",
    "LatePermission",
    "LetterDraft",
    "Outcome",
    "OwnQuestion",
    "Packet",
    "Participation",
    "Phase",
    "PlannedReminder",
    "Proposal",
    "QualityMark",
    "Ranking",
    "Reading",
    "Recusal",
    "Revision",
    "Round",
    "RoundReport",
    "SavedView",
    "Score",
    "SpecificObjective",
    "Team",
    "WorkLog",
]
