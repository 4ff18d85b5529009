from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from minno_portal.errors import NotAllowed, Refused, WrongState
from organisations.models import User
from rounds.challenges.models import Challenge
from rounds.planning.models import Round
from rounds.selection.criteria import add_default_criteria
from rounds.selection.criteria_services import CriterionDraft, set_criteria
from rounds.selection.enums import Party
from rounds.selection.models import Assessment, Criterion

NAMES = ["pk", "weight", "name_fi", "name_sv", "name_en"]
NAMES += ["description_fi", "description_sv", "description_en"]


@pytest.fixture
def criteria(call_round: Round) -> list[Criterion]:
    return add_default_criteria(call_round)


@pytest.fixture
def signed_in(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


@pytest.fixture
def url(call_round: Round) -> str:
    return reverse("round-criteria", args=(call_round.slug,))


def typed(round_: Round, **changes: str) -> dict[str, str]:
    """Return what the page would send, the empty form of a new criterion included."""
    rows = list(round_.criteria.order_by("position").values(*NAMES))
    sent = {
        "criteria-TOTAL_FORMS": str(len(rows) + 1),
        "criteria-INITIAL_FORMS": str(len(rows)),
    }
    for place, row in enumerate(rows):
        sent |= {f"criteria-{place}-{name}": str(value) for name, value in row.items()}
        sent[f"criteria-{place}-place"] = str(place + 1)
    return sent | {f"criteria-{name.replace('__', '-')}": value for name, value in changes.items()}


def weights(round_: Round) -> list[tuple[str, int]]:
    return list(round_.criteria.order_by("position").values_list("name_fi", "weight"))


def drafts(criteria: list[Criterion], **changes: Any) -> list[CriterionDraft]:
    return [CriterionDraft(each.pk, each.weight, {"name_fi": "Nimi"}) for each in criteria]


def test_the_page_shows_them_all(signed_in: Client, criteria: list[Criterion], url: str) -> None:
    page = signed_in.get(url)
    assert page.context["frozen"] is False
    assert len(page.context["forms"]) == 6


def test_saving_nothing_new_changes_nothing(
    signed_in: Client, criteria: list[Criterion], call_round: Round, url: str
) -> None:
    before = weights(call_round)
    assert signed_in.post(url, typed(call_round)).status_code == 302
    assert weights(call_round) == before
    assert {each.pk for each in criteria} == set(call_round.criteria.values_list("pk", flat=True))


def test_weights_texts_order_a_new_one_and_one_less(
    signed_in: Client, criteria: list[Criterion], call_round: Round, url: str
) -> None:
    sent = typed(
        call_round,
        **{
            "0__weight": "9",
            "0__place": "3",
            "1__DELETE": "on",
            "5__name_fi": "Uusi",
            "5__name_sv": "Ny",
            "5__weight": "4",
            "5__place": "1",
        },
    )
    assert signed_in.post(url, sent).status_code == 302
    names = [criterion.name_fi for criterion in criteria]
    assert weights(call_round) == [
        ("Uusi", 4),
        (names[0], 9),
        (names[2], 2),
        (names[3], 3),
        (names[4], 2),
    ]
    assert call_round.criteria.get(position=1).name_sv == "Ny"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("0-weight", "0"),
        ("0-weight", "11"),
        ("0-weight", "x"),
        ("0-weight", "9" * 400),
        ("0-name_fi", ""),
        ("0-name_fi", "x" * 121),
        ("0-description_en", "x" * 10_000),
        ("0-place", "-1"),
        ("5-name_fi", "Ilman painoa"),
    ],
)
def test_wrong_criteria_are_named(
    signed_in: Client,
    criteria: list[Criterion],
    call_round: Round,
    url: str,
    field: str,
    value: str,
) -> None:
    before = weights(call_round)
    page = signed_in.post(url, typed(call_round) | {f"criteria-{field}": value})
    assert page.status_code == 200
    assert page.context["forms"].total_error_count() == 1
    assert weights(call_round) == before


def test_all_cannot_be_removed(
    signed_in: Client, criteria: list[Criterion], call_round: Round, url: str
) -> None:
    sent = typed(call_round, **{f"{place}__DELETE": "on" for place in range(5)})
    assert signed_in.post(url, sent).context["forms"].non_form_errors()
    assert call_round.criteria.count() == 5


@pytest.mark.parametrize("total", ["", "x", "-1", "99999999", "\x00"])
def test_a_broken_page_is_no_accident(
    signed_in: Client, criteria: list[Criterion], call_round: Round, url: str, total: str
) -> None:
    sent = typed(call_round) | {"criteria-TOTAL_FORMS": total}
    assert signed_in.post(url, sent).status_code == 200
    assert call_round.criteria.count() == 5


def test_from_the_first_assessment_on_they_stay(
    signed_in: Client,
    criteria: list[Criterion],
    draft: Challenge,
    coordinator: User,
    url: str,
) -> None:
    Assessment.objects.create(challenge=draft, assessor=coordinator, party=Party.COORDINATOR)
    assert signed_in.get(url).context["frozen"] is True
    assert '<form method="post" novalidate' not in signed_in.get(url).content.decode()
    with pytest.raises(WrongState):
        set_criteria(draft.round_id, criteria=drafts(criteria), actor=coordinator)


def test_in_the_archive_they_stay(
    signed_in: Client, criteria: list[Criterion], call_round: Round, coordinator: User, url: str
) -> None:
    Round.objects.update(archived_at=clock.now())
    assert signed_in.get(url).context["frozen"] is True
    with pytest.raises(WrongState):
        set_criteria(call_round.pk, criteria=drafts(criteria), actor=coordinator)


@pytest.mark.parametrize("who", ["staff", "administrator", "contact", "stranger"])
def test_only_the_coordinator(
    criteria: list[Criterion], call_round: Round, who: str, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NotAllowed):
        set_criteria(call_round.pk, criteria=drafts(criteria), actor=request.getfixturevalue(who))


def test_a_criterion_that_is_gone_or_of_another_round(
    criteria: list[Criterion], call_round: Round, coordinator: User
) -> None:
    with pytest.raises(WrongState):
        set_criteria(
            call_round.pk,
            criteria=[CriterionDraft(10**9, 1, {"name_fi": "Nimi"})],
            actor=coordinator,
        )
    assert call_round.criteria.count() == 5


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        [CriterionDraft(None, 1, {"name_fi": "Nimi"})] * 10,
        [CriterionDraft(None, 0, {"name_fi": "Nimi"})],
        [CriterionDraft(None, 11, {"name_fi": "Nimi"})],
        [CriterionDraft(None, 1, {"name_sv": "Namn"})],
    ],
)
def test_what_the_service_refuses(
    criteria: list[Criterion],
    call_round: Round,
    coordinator: User,
    wrong: list[CriterionDraft],
) -> None:
    with pytest.raises(Refused):
        set_criteria(call_round.pk, criteria=wrong, actor=coordinator)
    assert call_round.criteria.count() == 5
