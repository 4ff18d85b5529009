from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from minno_portal.errors import Refused, WrongState
from organisations.models import User
from rounds.planning.models import Round
from rounds.selection.assessing.anchors import DEFAULTS, GENERAL, LONGEST_ANCHOR, anchors_for
from rounds.selection.criteria import CRITERIA, copy_criteria
from rounds.selection.criteria_services import CriterionDraft, set_criteria
from rounds.selection.models import Criterion
from tests.rounds.selection.assessing.conftest import Assess
from tests.rounds.selection.conftest import MakeChallenge


def test_every_mark_of_every_criterion_has_its_text() -> None:
    assert len(DEFAULTS) == len(CRITERIA)
    for anchors in DEFAULTS:
        assert set(anchors) == {"fi", "sv", "en"}
        for texts in anchors.values():
            assert len(set(texts)) == 5
            assert all(0 < len(text) <= LONGEST_ANCHOR for text in texts)


def test_what_stands_in_for_a_missing_text() -> None:
    anchors = {"fi": ["yksi", "", "kolme", "", ""], "sv": ["ett", "", "", "", ""]}
    assert anchors_for(anchors, "sv") == ["ett", GENERAL[2], "kolme", GENERAL[4], GENERAL[5]]
    assert anchors_for({}, "en") == list(GENERAL.values())
    with translation.override("sv"):
        assert anchors_for(anchors)[0] == "ett"


def test_a_copy_takes_them_along(call_round: Round, criteria: list[Criterion]) -> None:
    other = Round.objects.get(pk=call_round.pk)
    other.pk, other._state.adding = None, True
    other.number, other.slug = 2, "toinen"
    other.save()
    copied = copy_criteria(call_round, other)
    assert [each.anchors for each in copied] == [each.anchors for each in criteria]


def draft(**fields: Any) -> CriterionDraft:
    return CriterionDraft(pk=None, weight=1, texts={"name_fi": "Tarve"}, **fields)


def test_setting_them(call_round: Round, coordinator: User) -> None:
    anchors = {"fi": [" a\x00 ", "b", "c", "d", "e"], "sv": [""] * 5}
    made = set_criteria(call_round.pk, criteria=[draft(anchors=anchors)], actor=coordinator)
    assert made[0].anchors == {"fi": ["a", "b", "c", "d", "e"]}
    with pytest.raises(Refused):
        set_criteria(call_round.pk, criteria=[draft(anchors={"fi": ["a"]})], actor=coordinator)


def test_how_others_show_is_frozen_with_the_criteria(
    call_round: Round,
    criteria: list[Criterion],
    submitted: MakeChallenge,
    assess: Assess,
    coordinator: User,
) -> None:
    challenge = submitted()
    set_criteria(call_round.pk, criteria=[draft()], assesses_unseen=False, actor=coordinator)
    call_round.refresh_from_db()
    assert not call_round.assesses_unseen
    criteria[:] = call_round.criteria.all()
    assess(challenge, coordinator, done=False)
    with pytest.raises(WrongState):
        set_criteria(call_round.pk, criteria=[draft()], assesses_unseen=True, actor=coordinator)


def test_on_the_page(
    client: Client, call_round: Round, criteria: list[Criterion], coordinator: User
) -> None:
    client.force_login(coordinator)
    url = reverse("round-criteria", args=(call_round.slug,))
    page = client.get(url)
    forms = page.context["forms"]
    assert criteria[0].anchors["sv"][4] in page.content.decode()
    typed = {f"criteria-{name}": "1" for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    for name, value in forms.forms[0].initial.items():
        typed[f"criteria-0-{name}"] = value
    typed["criteria-0-anchor_5_fi"] = "Paras"
    long = client.post(url, typed | {"criteria-0-anchor_1_en": "x" * (LONGEST_ANCHOR + 1)})
    assert long.status_code == 200
    assert '<details class="criterion-anchors" open>' in long.content.decode()
    assert client.post(url, typed).status_code == 302
    call_round.refresh_from_db()
    assert not call_round.assesses_unseen, "the box was not ticked"
    assert call_round.criteria.get().anchors["fi"][4] == "Paras"
