from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from minno_portal import clock
from minno_portal.outbox.enums import State
from minno_portal.outbox.kinds import every_kind
from organisations.models import User
from rounds.planning.models import Round
from rounds.planning.outbox.listing import GROUPS, choice_from, label_of
from tests.rounds.planning.outbox.conftest import WriteLetter

LETTERS_QUERIES, ROUND_QUERIES = 7, 8


@pytest.mark.parametrize("rows", [1, 3])
def test_how_often_the_lists_ask(
    signed_in: Client,
    call_round: Round,
    write: WriteLetter,
    rows: int,
    django_assert_num_queries: Any,
) -> None:
    for _ in range(rows):
        write(State.HELD)
    with django_assert_num_queries(LETTERS_QUERIES):
        response = signed_in.get(reverse("letters"), {"look": "waits"})
    assert len(response.context["page"]) == rows
    with django_assert_num_queries(ROUND_QUERIES):
        response = signed_in.get(
            reverse("round-letters", args=(call_round.slug,)), {"look": "waits"}
        )
    assert len(response.context["page"]) == rows


def test_every_state_is_in_one_group_beside_all(signed_in: Client, write: WriteLetter) -> None:
    for state in State.values:
        write(state)
    write(State.FAILED, settled_at=clock.now())
    url = reverse("letters")
    tabs = {tab.group.key: tab.count for tab in signed_in.get(url).context["groups"]}
    assert tabs == {"": 10, "waits": 1, "way": 3, "failed": 2, "sent": 1, "over": 3}
    assert tabs.pop("") == sum(tabs.values())
    for key, count in tabs.items():
        assert len(signed_in.get(url, {"look": key}).context["page"]) == count


def test_narrowing_by_round_kind_and_words(
    signed_in: Client, call_round: Round, write: WriteLetter
) -> None:
    first = write(recipient="aino@example.org")
    second = write(recipient_name="Bertta Bäck", kind="comment")
    third = write(subject="Tervetuloa", thread="")
    url = reverse("letters")

    def found(**query: str) -> list[Any]:
        return list(signed_in.get(url, query).context["page"])

    assert found(q="AINO@") == [first]
    assert found(q="bäck") == [second]
    assert found(q="tervetu") == [third]
    assert found(kind="comment") == [second]
    assert found(round=call_round.slug) == [second, first]
    assert found(q="nobody") == []
    everything = [third, second, first]
    assert found(kind="no-such", look="no-such", round="'; --", page="x") == everything
    assert found(q="\x00") == everything


def test_others_letters_are_not_listed(
    signed_in: Client, call_round: Round, write: WriteLetter
) -> None:
    mine = write()
    write(house=call_round.partnership_id + 1)
    write(house=None)
    assert list(signed_in.get(reverse("letters")).context["page"]) == [mine]


def test_who_may_list(client: Client, staff: User, administrator: User, write: WriteLetter) -> None:
    write()
    write(house=None)
    client.force_login(staff)
    assert client.get(reverse("letters")).status_code == 403
    client.force_login(administrator)
    response = client.get(reverse("letters"), {"look": "waits"})
    assert response.status_code == 200
    assert not response.context["may_send"]
    assert response.context["groups"][0].count == 2


def test_staff_do_not_read_the_rounds_letters(
    client: Client, staff: User, call_round: Round
) -> None:
    client.force_login(staff)
    assert client.get(reverse("round-letters", args=(call_round.slug,))).status_code == 403


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_each_group_has_words_for_nothing(signed_in: Client, language: str) -> None:
    with translation.override(language):
        url = reverse("letters")
        for group in GROUPS:
            page = signed_in.get(url, {"look": group.key}).content.decode()
            assert str(group.empty) in page
        assert "?look=waits" in signed_in.get(url, {"q": "x", "look": "waits"}).content.decode()


def test_every_kind_has_a_name_and_an_unknown_one_keeps_its_own() -> None:
    assert all(label_of(kind.name) == str(kind.label) for kind in every_kind())
    assert label_of("of-long-ago") == "of-long-ago"


def test_a_choice_survives_its_address(call_round: Round) -> None:
    from django.http import QueryDict

    for text in ("", "look=waits", f"look=sent&q=%C3%A4+b&kind=receipt&round={call_round.slug}"):
        assert choice_from(QueryDict(text)).query() == text
