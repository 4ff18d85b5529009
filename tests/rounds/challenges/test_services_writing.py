"""Beginning, saving and withdrawing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from minno_portal import clock
from minno_portal.errors import NotAllowed, WrongState
from organisations.models import Organisation, User
from rounds.challenges.enums import Status
from rounds.challenges.errors import CallNotOpen, Overtaken
from rounds.challenges.models import Challenge
from rounds.challenges.services import begin_challenge, save_section, withdraw_challenge
from rounds.models import Fund, Round

SECOND = dt.timedelta(seconds=1)


def save(challenge: Challenge, actor: User, section: str = "challenge", **kwargs: Any) -> Challenge:
    version = kwargs.pop("version", None)
    return save_section(challenge.pk, section=section, values=kwargs, version=version, actor=actor)


class TestBegin:
    def test_the_draft_knows_the_person_and_the_language(
        self, call_round: Round, association: Organisation, contact: User
    ) -> None:
        association.language = "sv"
        association.save()

        draft = begin_challenge(call_round.pk, organisation_id=association.pk, actor=contact)

        assert draft.status == Status.DRAFT
        assert draft.created_by == contact
        assert (draft.contact_name, draft.contact_email) == (contact.name, contact.email)
        assert (draft.language, draft.working_language) == ("sv", "sv")

    def test_only_for_an_own_organisation(
        self, call_round: Round, association: Organisation, other_contact: User, coordinator: User
    ) -> None:
        for actor in (other_contact, coordinator):
            with pytest.raises(NotAllowed):
                begin_challenge(call_round.pk, organisation_id=association.pk, actor=actor)

    def test_only_while_the_call_is_open(
        self, call_round: Round, association: Organisation, contact: User
    ) -> None:
        for moment in (call_round.call_opens_at - SECOND, call_round.call_closes_at):
            with clock.playing_at(moment), pytest.raises(CallNotOpen):
                begin_challenge(call_round.pk, organisation_id=association.pk, actor=contact)
        assert not Challenge.objects.exists()


class TestSave:
    def test_what_was_typed_is_kept_with_the_time(self, draft: Challenge, contact: User) -> None:
        moment = clock.now() + dt.timedelta(hours=1)
        with clock.playing_at(moment):
            saved = save(draft, contact, title="Uusi", hoped_outputs=["prototype"], version=1)

        draft.refresh_from_db()
        assert (draft.title, draft.hoped_outputs) == ("Uusi", ["prototype"])
        assert (draft.version, draft.saved_at) == (2, moment)
        assert saved.version == 2

    def test_areas_and_fund(self, draft: Challenge, contact: User) -> None:
        fund = Fund.objects.get(pk="esr-plus")
        objective = fund.objectives.first()
        saved = save(
            draft,
            contact,
            "funding",
            is_national=False,
            counties=["01", "03"],
            funding_thought="fund",
            fund=fund,
            objective=objective,
        )
        saved.refresh_from_db()
        assert {county.pk for county in saved.counties.all()} == {"01", "03"}
        assert (saved.fund, saved.objective) == (fund, objective)

    def test_a_section_writes_only_its_own_fields(self, draft: Challenge, contact: User) -> None:
        with pytest.raises(ValueError, match="status"):
            save(draft, contact, status="confirmed")

    def test_after_the_deadline_the_draft_can_still_be_written(
        self, draft: Challenge, contact: User
    ) -> None:
        with clock.playing_at(draft.round.call_closes_at + SECOND):
            save(draft, contact, title="Kirjoitin vielä")
        draft.refresh_from_db()
        assert (draft.title, draft.status) == ("Kirjoitin vielä", Status.DRAFT)

    def test_after_submitting_it_cannot(self, submitted: Challenge, contact: User) -> None:
        with pytest.raises(WrongState):
            save(submitted, contact, title="Vielä yksi")

    def test_when_completion_is_asked_it_can(self, asked: Challenge, contact: User) -> None:
        assert save(asked, contact, title="Tarkempi").title == "Tarkempi"

    def test_by_the_own_association_only(
        self, draft: Challenge, colleague: User, other_contact: User, coordinator: User
    ) -> None:
        save(draft, colleague, title="Kollega")
        for actor in (other_contact, coordinator):
            with pytest.raises(NotAllowed):
                save(draft, actor, title="Vieras")


class TestTwoTabs:
    def test_the_same_field_is_a_conflict_with_both_texts(
        self, draft: Challenge, contact: User, colleague: User
    ) -> None:
        save(draft, colleague, title="Kollegan otsikko", version=1)

        with pytest.raises(Overtaken) as refusal:
            save(draft, contact, title="Minun otsikkoni", version=1)

        assert refusal.value.typed["title"] == "Minun otsikkoni"
        assert refusal.value.newer.title == "Kollegan otsikko"
        draft.refresh_from_db()
        assert draft.title == "Kollegan otsikko"

    def test_different_fields_are_both_kept(
        self, draft: Challenge, contact: User, colleague: User
    ) -> None:
        save(draft, colleague, title="Kollegan otsikko", need=draft.need, version=1)
        save(draft, contact, title=draft.title, need="Minun tarpeeni", version=1)

        draft.refresh_from_db()
        assert (draft.title, draft.need) == ("Kollegan otsikko", "Minun tarpeeni")
        assert draft.version == 3

    def test_different_sections_are_both_kept(
        self, draft: Challenge, contact: User, colleague: User
    ) -> None:
        save(draft, colleague, "team", material="Raportti", version=1)
        save(draft, contact, title="Otsikko", version=1)

        draft.refresh_from_db()
        assert (draft.material, draft.title) == ("Raportti", "Otsikko")

    def test_the_same_text_twice_is_no_conflict(self, draft: Challenge, contact: User) -> None:
        save(draft, contact, title="Sama", version=1)
        assert save(draft, contact, title="Sama", version=1).version == 2

    def test_areas_conflict_too(self, draft: Challenge, contact: User, colleague: User) -> None:
        save(draft, colleague, "funding", counties=["01"], version=1)
        with pytest.raises(Overtaken):
            save(draft, contact, "funding", counties=["02"], version=1)

    def test_an_invented_version_overwrites_nothing(self, draft: Challenge, contact: User) -> None:
        with pytest.raises(Overtaken):
            save(draft, contact, title="Keksitty", version=999)

    def test_saving_again_on_the_newer_version_replaces_it(
        self, draft: Challenge, contact: User, colleague: User
    ) -> None:
        save(draft, colleague, title="Kollegan", version=1)
        assert save(draft, contact, title="Minun", version=2).title == "Minun"


class TestWithdraw:
    def test_a_withdrawn_draft_stays_hidden_from_the_parties(
        self, draft: Challenge, contact: User, coordinator: User, staff: User
    ) -> None:
        assert withdraw_challenge(draft.pk, actor=contact).status == Status.WITHDRAWN
        for user in (coordinator, staff):
            assert not Challenge.objects.visible_to(user).exists()
        assert Challenge.objects.visible_to(contact).exists()

    def test_a_withdrawn_challenge_keeps_its_number(
        self, submitted: Challenge, contact: User
    ) -> None:
        withdrawn = withdraw_challenge(submitted.pk, actor=contact)
        assert withdrawn.reference == submitted.reference

    def test_not_by_the_coordinator(self, submitted: Challenge, coordinator: User) -> None:
        with pytest.raises(NotAllowed):
            withdraw_challenge(submitted.pk, actor=coordinator)

    @pytest.mark.parametrize("told", [False, True])
    def test_a_refusal_that_is_not_told_does_not_show(
        self, submitted: Challenge, contact: User, coordinator: User, told: bool
    ) -> None:
        moment = clock.now()
        Challenge.objects.filter(pk=submitted.pk).update(
            status=Status.NOT_SELECTED,
            decided_at=moment,
            decided_by=coordinator,
            announced_at=moment if told else None,
        )
        if told:
            with pytest.raises(WrongState):
                withdraw_challenge(submitted.pk, actor=contact)
        else:
            assert withdraw_challenge(submitted.pk, actor=contact).status == Status.WITHDRAWN

    def test_not_when_the_project_runs(
        self, submitted: Challenge, contact: User, coordinator: User
    ) -> None:
        moment = clock.now()
        Challenge.objects.filter(pk=submitted.pk).update(
            status=Status.RUNNING, decided_at=moment, decided_by=coordinator, announced_at=moment
        )
        with pytest.raises(WrongState):
            withdraw_challenge(submitted.pk, actor=contact)
