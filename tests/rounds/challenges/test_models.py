from organisations.models import User
from rounds.challenges.models import Challenge


def test_strangers_see_nothing(draft: Challenge, stranger: User, other_contact: User) -> None:
    assert not Challenge.objects.visible_to(stranger).exists()
    assert not Challenge.objects.visible_to(other_contact).exists()


def test_the_own_association_sees_its_draft(draft: Challenge, colleague: User) -> None:
    assert list(Challenge.objects.visible_to(colleague)) == [draft]


def test_the_parties_do_not_see_drafts(draft: Challenge, coordinator: User, staff: User) -> None:
    assert not Challenge.objects.visible_to(coordinator).exists()
    assert not Challenge.objects.visible_to(staff).exists()
