"""The quality check: who marks, who reads, and asking for completion from it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from minno_portal.errors import NotAllowed, WrongState
from minno_portal.outbox.models import Letter
from organisations.models import User
from rounds.challenges.enums import Status
from rounds.challenges.helping.enums import QualityPoint, Verdict
from rounds.challenges.helping.models import POINT_LENGTH, QualityMark
from rounds.challenges.helping.quality import ADVICE, requests_from
from rounds.challenges.helping.services import Mark, mark_quality
from rounds.challenges.models import Challenge

MARKS = {
    QualityPoint.CLEAR.value: Mark(Verdict.GOOD, "Selkeä!"),
    QualityPoint.SUPPORT.value: Mark(Verdict.MISSING),
    QualityPoint.CHANGE.value: Mark(Verdict.COULD_BE_CLEARER, " Miten <muutos> näkyy? "),
}


@pytest.fixture
def marked(submitted: Challenge, coordinator: User) -> Challenge:
    mark_quality(submitted.pk, marks=MARKS, actor=coordinator)
    return submitted


class TestMarking:
    def test_every_point_has_advice(self) -> None:
        assert set(ADVICE) == set(QualityPoint)

    def test_what_is_marked(self, marked: Challenge, coordinator: User) -> None:
        marks = {mark.point: mark for mark in marked.quality_marks.all()}
        assert set(marks) == set(MARKS)
        assert marks["change"].note == "Miten <muutos> näkyy?"
        assert marks["change"].marked_by == coordinator
        assert not Letter.objects.filter(kind__contains="quality").exists()

    def test_marking_again_changes_what_is_named(
        self, marked: Challenge, coordinator: User
    ) -> None:
        again = {**MARKS, "support": Mark(Verdict.GOOD)}
        changed = mark_quality(marked.pk, marks=again, actor=coordinator)
        assert [mark.point for mark in changed] == ["support"]
        assert QualityMark.objects.count() == 3
        assert mark_quality(marked.pk, marks={}, actor=coordinator) == []

    @pytest.mark.parametrize("who", ["contact", "staff", "administrator", "stranger"])
    def test_only_the_coordinator_marks(
        self, submitted: Challenge, who: str, request: pytest.FixtureRequest
    ) -> None:
        with pytest.raises(NotAllowed):
            mark_quality(submitted.pk, marks=MARKS, actor=request.getfixturevalue(who))

    def test_not_when_it_has_gone_further(self, submitted: Challenge, coordinator: User) -> None:
        Challenge.objects.filter(pk=submitted.pk).update(status=Status.PROPOSED)
        with pytest.raises(WrongState):
            mark_quality(submitted.pk, marks=MARKS, actor=coordinator)

    def test_a_point_that_is_none(self, submitted: Challenge, coordinator: User) -> None:
        with pytest.raises(ValueError, match="no such points"):
            mark_quality(submitted.pk, marks={"x": Mark(Verdict.GOOD)}, actor=coordinator)


class TestPage:
    def url(self, challenge: Challenge) -> str:
        return reverse("challenge-quality", args=[challenge.pk])

    def test_the_coordinator_fills_it(
        self, client: Client, submitted: Challenge, coordinator: User
    ) -> None:
        client.force_login(coordinator)
        posted = {"clear_verdict": "good", "support_verdict": "missing", "support_note": "Kuka?"}
        assert client.post(self.url(submitted), posted).status_code == 302
        found = submitted.quality_marks.values_list("point", "verdict", "note")
        assert set(found) == {("clear", "good", ""), ("support", "missing", "Kuka?")}

    @pytest.mark.parametrize(
        "posted",
        [
            {"clear_verdict": "excellent"},
            {"clear_note": "Ilman arviota"},
            {"clear_verdict": "good", "clear_note": "x" * (POINT_LENGTH + 1)},
            {"clear_verdict": "good", "clear_note": "a\x00b"},
        ],
    )
    def test_what_cannot_be_saved_stays(
        self, client: Client, submitted: Challenge, coordinator: User, posted: dict[str, str]
    ) -> None:
        client.force_login(coordinator)
        response = client.post(self.url(submitted), posted)
        assert response.status_code == 200
        assert response.context["form"].errors
        assert "data-focus" in response.content.decode()
        assert not QualityMark.objects.exists()

    def test_staff_and_administrators_read(
        self, client: Client, marked: Challenge, staff: User, administrator: User
    ) -> None:
        for user in (staff, administrator):
            client.force_login(user)
            text = client.get(self.url(marked)).content.decode()
            assert "Miten &lt;muutos&gt; näkyy?" in text
            assert "<textarea" not in text
            assert client.post(self.url(marked), {"clear_verdict": "good"}).status_code == 403

    def test_the_association_reads_it_on_its_own_page(
        self, client: Client, marked: Challenge, contact: User
    ) -> None:
        client.force_login(contact)
        assert client.get(self.url(marked)).status_code == 403
        response = client.get(reverse("challenge", args=[marked.pk]))
        assert [look.verdict for look in response.context["seen"]] == ["good", "clearer", "missing"]
        assert 'id="quality"' in response.content.decode()

    def test_a_late_press_is_refused_in_words(
        self, client: Client, submitted: Challenge, coordinator: User
    ) -> None:
        Challenge.objects.filter(pk=submitted.pk).update(status=Status.PROPOSED)
        client.force_login(coordinator)
        response = client.post(self.url(submitted), {"clear_verdict": "good"})
        assert str(WrongState.sentence) in response.content.decode()

    def test_queries(
        self,
        client: Client,
        marked: Challenge,
        coordinator: User,
        django_assert_num_queries: object,
    ) -> None:
        client.force_login(coordinator)
        client.get(self.url(marked))
        with django_assert_num_queries(7):  # type: ignore[operator]
            client.get(self.url(marked))


class TestAskingFromIt:
    def test_what_is_not_good_becomes_points(self, marked: Challenge) -> None:
        marked.language = "sv"
        with translation.override("sv"):
            ask = str(ADVICE[QualityPoint.SUPPORT].ask)
        with translation.override("en"):
            assert requests_from(marked, marked.quality_marks.all()) == [
                "Miten <muutos> näkyy?",
                ask,
            ]

    def test_the_form_is_filled(self, client: Client, marked: Challenge, coordinator: User) -> None:
        client.force_login(coordinator)
        assert f"{reverse('challenge-ask-completion', args=[marked.pk])}?from=quality" in (
            client.get(reverse("challenge-quality", args=[marked.pk])).content.decode()
        )
        url = reverse("challenge-ask-completion", args=[marked.pk])
        response = client.get(url, {"from": "quality"})
        assert response.context["form"]["points"].value().splitlines() == [
            "Miten <muutos> näkyy?",
            str(ADVICE[QualityPoint.SUPPORT].ask),
        ]
        assert not client.get(url).context["form"]["points"].value()
