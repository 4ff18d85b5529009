"""Copying an old challenge to a new round."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from minno_portal.errors import NotAllowed
from organisations.models import User
from rounds.call.models import Fund
from rounds.call.questions.models import OwnQuestion
from rounds.challenges.afterwards.copying import copy_challenge, left_out
from rounds.challenges.attachments.services import add_attachment
from rounds.challenges.enums import FundingThought, Status
from rounds.challenges.errors import CallNotOpen
from rounds.challenges.models import Challenge
from rounds.challenges.services import save_section, submit_challenge
from rounds.planning.models import Round
from tests.rounds.challenges.attachments.conftest import upload

OPTIONS = [{"key": "a", "fi": "A", "sv": "", "en": ""}, {"key": "b", "fi": "B", "sv": "", "en": ""}]


@pytest.fixture
def next_round(call_round: Round) -> Round:
    """Another round whose call is open."""
    fresh: Round = Round.objects.get(pk=call_round.pk)
    fresh.pk = None
    fresh._state.adding = True
    fresh.number, fresh.slug = 2, f"minno-2-{fresh.year}"
    fresh.save()
    return fresh


def url(challenge: Challenge) -> str:
    return reverse("challenge-copy", args=[challenge.pk])


def ask(round_: Round, **fields: Any) -> OwnQuestion:
    made: OwnQuestion = OwnQuestion.objects.create(round=round_, section="challenge", **fields)
    return made


class TestService:
    def test_the_text_comes_along_and_nothing_else(
        self, draft: Challenge, contact: User, colleague: User, next_round: Round
    ) -> None:
        add_attachment(draft.pk, upload=upload(), actor=contact)
        submit_challenge(draft.pk, accepted_terms=True, actor=contact)
        copy = copy_challenge(draft.pk, round_id=next_round.pk, actor=colleague)
        for name in ("title", "summary", "need", "change_sought", "hoped_outputs", "is_national"):
            assert getattr(copy, name) == getattr(draft, name)
        assert (copy.status, copy.round, copy.reference) == (Status.DRAFT, next_round, "")
        assert copy.contact_email == colleague.email
        assert not copy.may_publish
        assert not copy.attends_kickoff
        assert not copy.terms_version
        assert not copy.attachments.exists()

    def test_a_second_press_finds_the_copy_until_it_is_written_in(
        self, draft: Challenge, contact: User, next_round: Round
    ) -> None:
        copy = copy_challenge(draft.pk, round_id=next_round.pk, actor=contact)
        assert copy_challenge(draft.pk, round_id=next_round.pk, actor=contact) == copy
        save_section(
            copy.pk, section="challenge", values={"need": "Muu"}, version=None, actor=contact
        )
        assert copy_challenge(draft.pk, round_id=next_round.pk, actor=contact) != copy

    def test_only_ones_own_and_only_to_an_open_call(
        self, draft: Challenge, contact: User, other_contact: User, next_round: Round
    ) -> None:
        with pytest.raises(NotAllowed):
            copy_challenge(draft.pk, round_id=next_round.pk, actor=other_contact)
        with clock.playing_at(next_round.call_closes_at), pytest.raises(CallNotOpen):
            copy_challenge(draft.pk, round_id=next_round.pk, actor=contact)

    def test_what_the_new_round_does_not_ask_stays_behind(
        self, draft: Challenge, contact: User, next_round: Round
    ) -> None:
        Round.objects.filter(pk=next_round.pk).update(field_rules={"material": "hidden"})
        copy = copy_challenge(draft.pk, round_id=next_round.pk, actor=contact)
        assert copy.material == ""

    def test_a_fund_that_has_ended_stays_behind(
        self, draft: Challenge, contact: User, next_round: Round
    ) -> None:
        fund = Fund.objects.valid_on(clock.today()).first()
        Challenge.objects.filter(pk=draft.pk).update(funding_thought=FundingThought.FUND, fund=fund)
        copy = copy_challenge(draft.pk, round_id=next_round.pk, actor=contact)
        assert copy.fund == fund
        copy.delete()
        Fund.objects.update(valid_until=clock.today() - dt.timedelta(days=1))
        assert copy_challenge(draft.pk, round_id=next_round.pk, actor=contact).fund is None

    def test_answers_to_the_same_own_questions(
        self, draft: Challenge, contact: User, next_round: Round
    ) -> None:
        old = {
            "same": ask(draft.round, kind="short_text", label="Sama"),
            "gone": ask(draft.round, kind="short_text", label="Vain vanha"),
            "choice": ask(draft.round, kind="choices", label="Valinnat", options=OPTIONS),
        }
        answers = {
            old["same"].field: "Vastaus",
            old["gone"].field: "Jää",
            old["choice"].field: ["a", "b"],
        }
        Challenge.objects.filter(pk=draft.pk).update(own_answers=answers)
        same = ask(next_round, kind="short_text", label="Sama")
        ask(next_round, kind="number", label="Vain vanha")
        choice = ask(next_round, kind="choices", label="Valinnat", options=OPTIONS[1:])
        copy = copy_challenge(draft.pk, round_id=next_round.pk, actor=contact)
        assert copy.own_answers == {same.field: "Vastaus", choice.field: ["b"]}
        draft.refresh_from_db()
        assert [str(label) for label in left_out(draft, next_round)] == ["Vain vanha"]


class TestPage:
    def test_one_press_to_the_only_open_round(
        self, client: Client, draft: Challenge, contact: User, next_round: Round
    ) -> None:
        client.force_login(contact)
        assert f'value="{next_round.pk}"' in client.get(url(draft)).content.decode()
        response = client.post(url(draft), {"round": next_round.pk})
        copy = Challenge.objects.get(round=next_round)
        assert response["Location"] == reverse("challenge-edit", args=[copy.pk, "challenge"])

    def test_without_an_open_call_it_says_so(
        self, client: Client, draft: Challenge, contact: User
    ) -> None:
        client.force_login(contact)
        page = client.get(url(draft)).content.decode()
        assert 'name="round"' not in page

    @pytest.mark.parametrize("value", ["", "0", "x", "9" * 40, "\x00", "-1"])
    def test_a_round_that_is_none(
        self, client: Client, draft: Challenge, contact: User, next_round: Round, value: str
    ) -> None:
        client.force_login(contact)
        response = client.post(url(draft), {"round": value})
        assert response.context["form"].errors.keys() == {"round"}
        assert Challenge.objects.count() == 1

    def test_others(
        self, client: Client, submitted: Challenge, coordinator: User, stranger: User
    ) -> None:
        for user, status in ((coordinator, 403), (stranger, 404)):
            client.force_login(user)
            assert client.get(url(submitted)).status_code == status
