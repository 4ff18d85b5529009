import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from minno_portal import clock
from minno_portal.errors import NotAllowed, WrongState
from minno_portal.outbox.models import Letter
from organisations.membership.enums import Role
from organisations.models import Membership, User
from rounds.planning.models import Round
from rounds.selection import errors, services
from rounds.selection.assessing.models import Assignment
from rounds.selection.assessing.progress import progress_of
from rounds.selection.assessing.sharing import share_out
from rounds.selection.assessing.workload import workload_of
from tests.conftest import person
from tests.rounds.selection.assessing.conftest import Assess
from tests.rounds.selection.conftest import MakeChallenge


def asked() -> set[tuple[int, int]]:
    return set(Assignment.objects.values_list("challenge", "assessor"))


def test_asking_writes_one_letter_a_person(
    submitted: MakeChallenge,
    call_round: Round,
    coordinator: User,
    staff: User,
    second_staff: User,
) -> None:
    first, second = submitted(), submitted()
    wanted = {(first.pk, staff.pk), (second.pk, staff.pk), (first.pk, coordinator.pk)}
    changes = services.assign_assessors(call_round.pk, wanted=wanted, actor=coordinator)
    assert asked() == wanted
    assert {each.assessor.user: len(each.added) for each in changes} == {coordinator: 1, staff: 2}
    letter = Letter.objects.get(kind="assess-request")
    assert letter.recipient == staff.email, "nobody writes to themselves"
    assert first.reference in letter.text
    assert second.reference in letter.text
    assert reverse("assess-next", args=(call_round.slug,)) in letter.text

    assert services.assign_assessors(call_round.pk, wanted=wanted, actor=coordinator) == []
    more = {(first.pk, second_staff.pk), (second.pk, staff.pk)}
    services.assign_assessors(call_round.pk, wanted=more, actor=coordinator)
    assert asked() == more
    assert Letter.objects.filter(kind="assess-request").count() == 2
    services.assign_assessors(call_round.pk, wanted=wanted, actor=coordinator)
    assert Letter.objects.filter(kind="assess-request").count() == 3, "asked again, told again"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_letters_in_each_language(
    submitted: MakeChallenge, call_round: Round, coordinator: User, staff: User, language: str
) -> None:
    staff.language = language
    staff.save()
    challenges = [submitted(), submitted()]
    wanted = {(each.pk, staff.pk) for each in challenges}
    services.assign_assessors(call_round.pk, wanted=wanted, actor=coordinator)
    letter = Letter.objects.get(kind="assess-request")
    prefix = "" if language == "fi" else f"/{language}"
    assert letter.language == language
    assert f"{prefix}/manage/rounds/{call_round.slug}/assess/" in letter.text
    assert "%(" not in letter.text + letter.subject


def test_what_is_refused(
    submitted: MakeChallenge,
    call_round: Round,
    umbrella: Any,
    coordinator: User,
    staff: User,
    contact: User,
    administrator: User,
) -> None:
    challenge, own = submitted(), submitted(organisation=umbrella)
    bad: list[tuple[int, int]] = [
        (own.pk, coordinator.pk),
        (challenge.pk, contact.pk),
        (0, staff.pk),
    ]
    for pair in bad:
        with pytest.raises(errors.CannotBeAsked):
            services.assign_assessors(call_round.pk, wanted={pair}, actor=coordinator)
    services.stand_aside(challenge.pk, kind="abstains", note="", actor=staff)
    with pytest.raises(errors.CannotBeAsked):
        services.assign_assessors(
            call_round.pk, wanted={(challenge.pk, staff.pk)}, actor=coordinator
        )
    for user in (staff, contact, administrator):
        with pytest.raises(NotAllowed):
            services.assign_assessors(call_round.pk, wanted=(), actor=user)
    call_round.archived_at = clock.now()
    call_round.save()
    with pytest.raises(WrongState):
        services.assign_assessors(call_round.pk, wanted=(), actor=coordinator)
    assert asked() == set()


def test_a_claim_to_the_giver_is_a_conflict(
    submitted: MakeChallenge, call_round: Round, staff: User
) -> None:
    challenge = submitted()
    Membership.objects.create(
        user=staff, organisation=challenge.organisation, role=Role.CONTACT, awaits_approval=True
    )
    assert (challenge.pk, staff.pk) in workload_of(call_round).related


def test_sharing_out_evenly(
    submitted: MakeChallenge,
    assess: Assess,
    call_round: Round,
    umbrella: Any,
    coordinator: User,
    second_coordinator: User,
    staff: User,
    second_staff: User,
) -> None:
    third = person("third-staff", call_round.partnership.institution, Role.STAFF)
    open_ones = [submitted() for _ in range(3)]
    own = submitted(organisation=umbrella)
    decided = submitted(status="withdrawn")
    services.stand_aside(open_ones[0].pk, kind="abstains", note="", actor=coordinator)
    assess(open_ones[1], third)
    shared = share_out(workload_of(call_round))
    people = {coordinator.pk, second_coordinator.pk}
    for challenge in open_ones:
        of_staff = {user for pk, user in shared if pk == challenge.pk} - people
        # Who has assessed unasked counts as one of the two.
        assert len(of_staff | ({third.pk} if challenge == open_ones[1] else set())) == 2
    assert {p for pk, p in shared if pk == open_ones[0].pk} & people == {second_coordinator.pk}
    assert not {p for pk, p in shared if pk == own.pk} & people
    assert not [pk for pk, _ in shared if pk == decided.pk]
    burden = [sum(p == user.pk for _, p in shared) for user in (staff, second_staff, third)]
    assert burden == [3, 3, 1], "and one that is done already"
    services.assign_assessors(call_round.pk, wanted=shared, actor=coordinator)
    assert share_out(workload_of(call_round)) == shared


def test_progress(
    submitted: MakeChallenge,
    assess: Assess,
    call_round: Round,
    coordinator: User,
    staff: User,
) -> None:
    first, second, third = submitted(), submitted(), submitted()
    wanted = {(first.pk, staff.pk), (second.pk, staff.pk)}
    services.assign_assessors(call_round.pk, wanted=wanted, actor=coordinator)
    assess(first, staff)
    assess(second, staff, done=False)
    assess(third, staff)
    services.stand_aside(third.pk, kind="abstains", note="", actor=staff)
    row = {each.assessor.user: each for each in progress_of(workload_of(call_round))}[staff]
    assert (row.asked, row.asked_done, row.done, row.drafts, row.aside) == (2, 1, 1, 1, 1)
    assert row.last_saved


# --- The page ---------------------------------------------------------------------------------


def test_asking_on_the_page(
    client: Client, submitted: MakeChallenge, call_round: Round, coordinator: User, staff: User
) -> None:
    challenge = submitted()
    client.force_login(coordinator)
    url = reverse("round-assessors", args=(call_round.slug,))
    page = client.get(url)
    name = f"{challenge.pk}-{staff.pk}"
    assert f'value="{name}"' in page.content.decode()
    shared = client.post(url, {"share": "1"})
    assert shared.content.decode().count(" checked") == 2
    assert asked() == set()
    looked = client.post(url, {"look": "1", "ask": [name]})
    assert looked.status_code == 200
    assert staff.email in looked.content.decode()
    assert asked() == set(), "nothing is saved before it has been looked at"
    assert not Letter.objects.exists()
    assert client.post(url, {"save": "1", "ask": [name]})["Location"] == url
    assert asked() == {(challenge.pk, staff.pk)}
    assert Letter.objects.get().recipient == staff.email
    assert client.post(url, {"look": "1", "ask": [name]})["Location"] == url, "nothing changes"


@pytest.mark.parametrize("bad", ["x", "1-", "0-0", "9" * 400, "1\x00-2", ""])
def test_odd_choices_are_shown_again(
    client: Client,
    submitted: MakeChallenge,
    call_round: Round,
    coordinator: User,
    staff: User,
    bad: str,
) -> None:
    challenge = submitted()
    client.force_login(coordinator)
    url = reverse("round-assessors", args=(call_round.slug,))
    for button in ("look", "save"):
        page = client.post(url, {button: "1", "ask": [f"{challenge.pk}-{staff.pk}", bad]})
        assert page.status_code == 200
        assert page.context["form"].errors
        assert page.content.decode().count(" checked") == 1, "what was ticked stays"
    assert asked() == set()


def test_who_opens_the_page(
    client: Client,
    submitted: MakeChallenge,
    call_round: Round,
    staff: User,
    administrator: User,
    contact: User,
    stranger: User,
) -> None:
    challenge = submitted()
    url = reverse("round-assessors", args=(call_round.slug,))
    for user, sees, posts in (
        (staff, 200, 403),
        (administrator, 200, 403),
        (contact, 404, 404),
        (stranger, 404, 404),
    ):
        client.force_login(user)
        page = client.get(url)
        assert page.status_code == sees
        assert f'value="{challenge.pk}-' not in page.content.decode()
        assert client.post(url, {"save": "1"}).status_code == posts


def test_no_boxes_in_the_archive(
    client: Client, submitted: MakeChallenge, call_round: Round, coordinator: User
) -> None:
    submitted()
    call_round.archived_at = clock.now()
    call_round.save()
    client.force_login(coordinator)
    url = reverse("round-assessors", args=(call_round.slug,))
    assert not client.get(url).context["can_assign"]


def test_a_round_without_challenges(client: Client, call_round: Round, coordinator: User) -> None:
    client.force_login(coordinator)
    page = client.get(reverse("round-assessors", args=(call_round.slug,)))
    assert page.status_code == 200
    assert 'name="ask"' not in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_of_the_page(
    client: Client,
    submitted: MakeChallenge,
    assess: Assess,
    call_round: Round,
    coordinator: User,
    staff: User,
    second_staff: User,
    count: int,
    django_assert_num_queries: Any,
) -> None:
    for _ in range(count):
        challenge = submitted()
        assess(challenge, staff)
        services.stand_aside(challenge.pk, kind="abstains", note="", actor=second_staff)
    client.force_login(coordinator)
    url = reverse("round-assessors", args=(call_round.slug,))
    client.get(url)
    with django_assert_num_queries(11):
        assert client.get(url).status_code == 200


def test_after_the_packet_day_the_letter_names_no_day(
    submitted: MakeChallenge, call_round: Round, coordinator: User, staff: User
) -> None:
    challenge = submitted()
    late = clock.helsinki(call_round.packet_on + dt.timedelta(days=1), 10)
    with clock.playing_at(late):
        wanted = {(challenge.pk, staff.pk)}
        services.assign_assessors(call_round.pk, wanted=wanted, actor=coordinator)
    assert (
        f"{call_round.packet_on.day}.{call_round.packet_on.month}." not in Letter.objects.get().text
    )
