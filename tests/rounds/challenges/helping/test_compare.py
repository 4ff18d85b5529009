"""Any two submitted versions, question by question and word by word."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from organisations.models import User
from rounds.call.questions.models import OwnQuestion
from rounds.challenges.content import snapshot
from rounds.challenges.helping.comparing import changed_labels, compare_versions
from rounds.challenges.models import Challenge, Revision
from rounds.challenges.services import save_section, submit_challenge


def url(challenge: Challenge) -> str:
    return reverse("challenge-compare", args=[challenge.pk])


@pytest.fixture
def completed(asked: Challenge, contact: User) -> Challenge:
    """A challenge with two versions: other words in the need, another output."""
    values = {
        "need": "Yksinäisyys huomataan vasta, kun se johtaa <script>palvelutarpeeseen</script>.",
        "hoped_outputs": ["concept", "prototype"],
    }
    save_section(asked.pk, section="challenge", values=values, version=None, actor=contact)
    return submit_challenge(asked.pk, accepted_terms=False, actor=contact)


class TestComparing:
    def content(self, challenge: Challenge, **changed: object) -> dict[str, object]:
        return {**snapshot(challenge), **changed}

    def test_what_changed_and_what_stayed(self, draft: Challenge) -> None:
        new = self.content(draft, need="Yksinäisyys huomataan ajoissa.")
        parts = compare_versions(self.content(draft), new, draft.round)
        changed = [row for part in parts for row in part.changed]
        assert len(changed) == 1
        assert changed[0].is_typed
        assert any(row.question.field == "title" for part in parts for row in part.same)

    def test_the_same(self, draft: Challenge) -> None:
        content = self.content(draft)
        assert not any(part.changed for part in compare_versions(content, content, draft.round))

    def test_own_questions(self, draft: Challenge) -> None:
        own = OwnQuestion.objects.create(
            round=draft.round, section="challenge", kind="short_text", label="Missä?"
        )
        old = self.content(draft, **{own.field: "Helsingissä"})
        new = self.content(draft, **{own.field: "Helsingissä ja Espoossa"})
        (changed,) = [
            row for part in compare_versions(old, new, draft.round) for row in part.changed
        ]
        assert str(changed.label) == "Missä?"
        assert [piece.text for piece in changed.pieces] == ["Helsingissä", " ja Espoossa"]
        assert changed_labels(old, new, {own.field: "Missä?"}) == ["Missä?"]

    def test_files_are_known_by_what_is_in_them(self, draft: Challenge) -> None:
        file = {"id": 1, "name": "Raportti.pdf", "size": 4, "sha256": "a", "question": None}
        old = self.content(draft, attachments=[file])
        replaced = self.content(draft, attachments=[{**file, "sha256": "b"}])
        (part,) = [each for each in compare_versions(old, replaced, draft.round) if each.changed]
        assert [piece.kind.value for piece in part.changed[0].pieces] == ["removed", "added"]
        assert changed_labels(old, replaced, {})
        assert not changed_labels(old, old, {})

    def test_what_an_old_version_did_not_know(self, draft: Challenge) -> None:
        old = {"language": "fi", "title": "Vanha otsikko"}
        changed = [
            row
            for part in compare_versions(old, self.content(draft), draft.round)
            for row in part.changed
        ]
        assert len(changed) > 5


class TestPage:
    def test_added_and_removed_words(
        self, client: Client, completed: Challenge, contact: User, coordinator: User
    ) -> None:
        for user in (contact, coordinator):
            client.force_login(user)
            text = client.get(url(completed)).content.decode()
            assert "<del>" in text
            assert "<ins>" in text
            assert "&lt;script&gt;" in text
            assert "<script>palvelutarpeeseen" not in text

    @pytest.mark.parametrize(
        ("query", "numbers"),
        [
            ("", (1, 2)),
            ("?from=2&to=1", (2, 1)),
            ("?from=2&to=2", (2, 2)),
            ("?from=9&to=x", (1, 2)),
            ("?from=%00&to=" + "9" * 400, (1, 2)),
            ("?from=1&from=2", (2, 2)),
            ("?to=²&from=-1", (1, 2)),
        ],
    )
    def test_any_two(
        self,
        client: Client,
        completed: Challenge,
        coordinator: User,
        query: str,
        numbers: tuple[int, int],
    ) -> None:
        client.force_login(coordinator)
        response = client.get(url(completed) + query)
        assert (response.context["old"].number, response.context["new"].number) == numbers

    def test_with_one_version_there_is_nothing_to_compare(
        self, client: Client, submitted: Challenge, contact: User
    ) -> None:
        client.force_login(contact)
        assert client.get(url(submitted)).context.get("old") is None

    def test_what_is_being_written_is_in_no_version(
        self, client: Client, completed: Challenge, contact: User, coordinator: User
    ) -> None:
        Challenge.objects.filter(pk=completed.pk).update(need="MERKKI-KESKEN")
        for user in (contact, coordinator):
            client.force_login(user)
            assert "MERKKI-KESKEN" not in client.get(url(completed)).content.decode()

    def test_queries(
        self,
        client: Client,
        completed: Challenge,
        coordinator: User,
        django_assert_num_queries: object,
    ) -> None:
        client.force_login(coordinator)
        client.get(url(completed))
        for number in (3, 4):
            with django_assert_num_queries(6):  # type: ignore[operator]
                client.get(url(completed))
            Revision.objects.create(challenge=completed, number=number, content=snapshot(completed))
