"""Every change of the selection by one name: assess, rank, propose, answer, decide and tell.

Whoever changes what the round's places depend on locks the round first, then its challenges, so
that two people who press at the same moment are served one after the other.
"""

from rounds.selection.assessing.assigning import assign_assessors
from rounds.selection.assessing.services import let_stand, save_assessment
from rounds.selection.assessing.standing_aside import stand_aside, take_back
from rounds.selection.deciding.announcing import (
    announce_decisions,
    edit_letter,
    reset_letter,
    send_correction,
)
from rounds.selection.deciding.feedback import answer_wish, wish_feedback
from rounds.selection.deciding.services import (
    promote_reserve,
    redecide,
    reopen_decision,
    set_aside,
    write_reason,
)
from rounds.selection.deciding.taking_part import confirm_participation
from rounds.selection.proposing.answering import answer_proposal, answer_proposals
from rounds.selection.proposing.services import PacketItem, send_packet
from rounds.selection.ranking import move_in_ranking

__all__ = [
    "PacketItem",
    "announce_decisions",
    "answer_proposal",
    "answer_proposals",
    "answer_wish",
    "assign_assessors",
    "confirm_participation",
    "edit_letter",
    "let_stand",
    "move_in_ranking",
    "promote_reserve",
    "redecide",
    "reopen_decision",
    "reset_letter",
    "save_assessment",
    "send_correction",
    "send_packet",
    "set_aside",
    "stand_aside",
    "take_back",
    "wish_feedback",
    "write_reason",
]
