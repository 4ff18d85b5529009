from __future__ import annotations

from rounds.feedback.enums import Respondent
from rounds.feedback.models import FeedbackAnswer, FeedbackInvitation
from rounds.feedback.questions import QUESTIONS
from rounds.feedback.results import results_of
from rounds.planning.models import Round


def answers(round_: Round, role: str, ratings: list[dict[str, int]], asked: int = 0) -> None:
    for number in range(max(asked, len(ratings))):
        FeedbackInvitation.objects.create(
            round=round_,
            role=role,
            email=f"{role}{number}@example.org",
            token_hash=f"{role}{number}",
            is_answered=number < len(ratings),
        )
    for number, given in enumerate(ratings):
        FeedbackAnswer.objects.create(
            round=round_, role=role, ratings=given, texts={"good": f"hyvää {number}"}
        )


def test_means_and_distributions(call_round: Round) -> None:
    answers(call_round, "team", [{"clear": 1}, {"clear": 5}, {"clear": 5}], asked=4)
    (result,) = results_of(call_round)
    assert (result.invited, result.answered, result.is_shown) == (4, 3, True)
    clear = result.rated[0]
    assert clear.mean is not None
    assert round(clear.mean, 2) == 3.67
    assert [bar.count for bar in clear.bars] == [1, 0, 0, 0, 2]
    assert [bar.share for bar in clear.bars] == [33, 0, 0, 0, 67]
    assert clear.chart.count("<rect") == 5
    assert sorted(result.open[0].texts) == ["hyvää 0", "hyvää 1", "hyvää 2"]


def test_groups_under_three_are_not_shown(call_round: Round) -> None:
    answers(call_round, "tutor", [{"fit": 1}, {"fit": 2}], asked=5)
    (result,) = results_of(call_round)
    assert not result.is_shown
    assert (result.rated, result.open) == ((), ())


def test_a_statement_rated_by_two_is_not_shown(call_round: Round) -> None:
    answers(call_round, "team", [{"clear": 1}, {"clear": 2}, {"support": 3}])
    (result,) = results_of(call_round)
    assert result.rated[0].mean is None
    assert result.rated[0].bars == ()


def test_other_rounds_do_not_mix(call_round: Round) -> None:
    answers(call_round, "team", [{"clear": 3}] * 3)
    other = Round.objects.get(pk=call_round.pk)
    other.pk, other.number, other.slug = None, 2, "minno-2"
    other.save()
    assert results_of(other) == []


def test_every_role_has_a_short_form() -> None:
    assert set(QUESTIONS) == set(Respondent.values)
    for asked in QUESTIONS.values():
        assert 4 <= len(asked.rated) <= 5
        assert len(asked.open) == 2
        keys = [question.key for question in (*asked.rated, *asked.open)]
        assert len(keys) == len(set(keys))
