"""Every step's models, so that Django finds them."""

from rounds.call.models import Fund, SpecificObjective
from rounds.challenges.models import Challenge, Comment, Revision
from rounds.feedback.models import FeedbackAnswer, FeedbackInvitation
from rounds.outcomes.models import Outcome
from rounds.planning.models import Phase, Round, WorkLog
from rounds.projects.models import Team
from rounds.reports.models import RoundReport
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
    "Assessment",
    "Challenge",
    "Comment",
    "Criterion",
    "Decision",
    "FeedbackAnswer",
    "FeedbackInvitation",
    "Fund",
    "Outcome",
    "Packet",
    "Phase",
    "Proposal",
    "Ranking",
    "Revision",
    "Round",
    "RoundReport",
    "Score",
    "SpecificObjective",
    "Team",
    "WorkLog",
]
