"""What a round may do with each standard question."""

from __future__ import annotations

from rounds.call.questions.enums import FieldRule
from rounds.call.questions.standard import STANDARD, Question
from rounds.planning.models import Round

# Without these no challenge can be answered, named, listed or published.
ALWAYS_ASKED = frozenset({"contact_name", "contact_email", "title", "summary", "may_publish"})
# A box left empty and a list with a choice to begin with are answers as well.
_ALWAYS_ANSWERED = frozenset(
    {
        "working_language",
        "attends_kickoff",
        "attends_midreview",
        "attends_fest",
        "funding_thought",
    }
)


def allowed_rules(question: Question) -> tuple[FieldRule, ...]:
    """Return the rules that change something about a standard question; none where it must stay.

    A question that follows another has no rule of its own.
    """
    if question.field in ALWAYS_ASKED or question.follows:
        return ()
    if question.field in _ALWAYS_ANSWERED:
        return (FieldRule.HIDDEN,)
    if question.is_required:
        return (FieldRule.HIDDEN, FieldRule.OPTIONAL)
    return (FieldRule.HIDDEN, FieldRule.REQUIRED)


def rules_of(round_: Round) -> dict[str, FieldRule]:
    """Return the round's rules by field; what is unknown or not allowed is left out."""
    stored = round_.field_rules if isinstance(round_.field_rules, dict) else {}
    return {
        field: FieldRule(rule)
        for field, rule in stored.items()
        if field in STANDARD and rule in allowed_rules(STANDARD[field])
    }
