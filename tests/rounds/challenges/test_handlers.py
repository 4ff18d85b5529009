"""What waits for whom on the first page, in one query each."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from minno_portal import clock
from organisations.models import User
from rounds.challenges.enums import Status, ToldStatus, Visibility
from rounds.challenges.handlers import comments_to_answer, drafts_and_completions, new_to_read
from rounds.challenges.models import Challenge
from rounds.challenges.services import add_comment
from rounds.planning.mine import rounds_of


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_a_draft_waits_until_the_call_closes(
    draft: Challenge, contact: User, other_contact: User, coordinator: User
) -> None:
    [line] = drafts_and_completions(contact)
    assert line.due_at == draft.round.call_closes_at
    assert draft.title in line.text
    assert not list(drafts_and_completions(other_contact))
    assert not list(drafts_and_completions(coordinator))
    with clock.playing_at(draft.round.call_closes_at):
        assert not list(drafts_and_completions(contact))


def test_a_completion_waits_with_its_date(asked: Challenge, contact: User) -> None:
    [line] = drafts_and_completions(contact)
    assert line.due_at == asked.completion_due_at
    assert line.url.endswith(f"/challenges/{asked.pk}/")


def test_new_challenges_wait_until_the_coordinator_reacts(
    submitted: Challenge, coordinator: User, staff: User
) -> None:
    [line] = new_to_read(coordinator)
    assert submitted.round.slug in line.url
    assert not list(new_to_read(staff))
    add_comment(submitted.pk, body="Luettu", visibility=Visibility.SELF, actor=coordinator)
    assert not list(new_to_read(coordinator))


def test_the_associations_last_word_waits_for_an_answer(
    submitted: Challenge, contact: User, coordinator: User
) -> None:
    assert not list(comments_to_answer(coordinator))
    add_comment(submitted.pk, body="Kysyisin", visibility=Visibility.ASSOCIATION, actor=contact)
    [line] = comments_to_answer(coordinator)
    assert submitted.title in line.text
    add_comment(submitted.pk, body="Vastaan", visibility=Visibility.ASSOCIATION, actor=coordinator)
    assert not list(comments_to_answer(coordinator))


def test_one_query_each(
    asked: Challenge, contact: User, coordinator: User, django_assert_num_queries: Any
) -> None:
    for provider, user in (
        (drafts_and_completions, contact),
        (new_to_read, coordinator),
        (comments_to_answer, coordinator),
    ):
        someone = fresh(user)
        rounds_of(someone)  # known before
        with django_assert_num_queries(1):
            list(provider(someone))


def test_the_desk_shows_where_own_challenges_stand(
    client: Client, draft: Challenge, contact: User, other_contact: User
) -> None:
    client.force_login(contact)
    assert draft.title in client.get(reverse("desk")).content.decode()
    client.force_login(other_contact)
    assert draft.title not in client.get(reverse("desk")).content.decode()


def test_the_desk_does_not_tell_a_decision_too_early(
    client: Client, draft: Challenge, contact: User, staff: User
) -> None:
    Challenge.objects.filter(pk=draft.pk).update(
        status=Status.CONFIRMED,
        number=1,
        reference="MINNO-1-2027-01",
        submitted_at=clock.now(),
        decided_at=clock.now(),
        decided_by=staff,
    )
    client.force_login(contact)
    page = client.get(reverse("desk")).content.decode()
    assert str(ToldStatus.CONSIDERED.label) in page
    assert str(Status.CONFIRMED.label) not in page
