"""The boxes on the page, what they answer, and how a file is given out."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from minno_portal import uploads
from organisations.models import User
from rounds.call.questions.models import OwnQuestion
from rounds.challenges.attachments import views
from rounds.challenges.attachments.models import Attachment
from rounds.challenges.models import Challenge
from rounds.challenges.services import submit_challenge
from tests.rounds.challenges.attachments.conftest import Send, upload
from tests.rounds.challenges.attachments.hostile import ALL, NAMES
from tests.rounds.challenges.attachments.samples import WHOLE, pdf

AS_SCRIPT = {views.BOX_HEADER: "1"}


def boxes_url(challenge: Challenge) -> str:
    return reverse("challenge-attachments", args=[challenge.pk])


class TestSending:
    def test_without_script_one_goes_back_where_one_was(
        self, client: Client, draft: Challenge, contact: User
    ) -> None:
        client.force_login(contact)
        here = reverse("challenge-edit", args=[draft.pk, "challenge"])
        response = client.post(boxes_url(draft), {"file": upload(), "next": here}, follow=True)
        assert response.redirect_chain == [(here, 302)]
        kept = draft.attachments.get()
        assert reverse("attachment", args=[kept.pk]) in response.content.decode()

    @pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example", "javascript:1"])
    def test_one_never_goes_elsewhere(
        self, client: Client, draft: Challenge, contact: User, there: str
    ) -> None:
        client.force_login(contact)
        response = client.post(boxes_url(draft), {"file": upload(), "next": there})
        assert response["Location"] == boxes_url(draft)

    def test_the_script_gets_the_box_alone(
        self, client: Client, draft: Challenge, contact: User
    ) -> None:
        client.force_login(contact)
        response = client.post(boxes_url(draft), {"file": upload()}, headers=AS_SCRIPT)
        assert response.status_code == 200
        assert response[views.BOX_HEADER] == "attachments"
        page = response.content.decode()
        assert page.lstrip().startswith("<section")
        assert "data-done" in page
        assert "Raportti.pdf" in page

    @pytest.mark.parametrize("headers", [{}, AS_SCRIPT])
    def test_the_reason_stands_at_the_field(
        self, client: Client, draft: Challenge, contact: User, headers: dict[str, str]
    ) -> None:
        client.force_login(contact)
        response = client.post(
            boxes_url(draft), {"file": upload("kuva.png", b"<svg>")}, headers=headers
        )
        assert response.status_code == 200
        page = response.content.decode()
        assert 'aria-invalid="true"' in page
        assert 'aria-describedby="attachments_new_help attachments_new_error"' in page
        assert not draft.attachments.exists()

    @pytest.mark.parametrize(
        "data",
        [
            {},
            {"file": ""},
            {"file": "text, no file"},
            {"question": "x", "file": ""},
            {"question": "9" * 40},
            {"question": "-1"},
            {"question": "²"},
            {"question": "\x00"},
        ],
    )
    def test_without_a_file_nothing_happens(
        self, client: Client, draft: Challenge, contact: User, data: dict[str, Any]
    ) -> None:
        client.force_login(contact)
        response = client.post(boxes_url(draft), data, headers=AS_SCRIPT)
        assert response.status_code == 200
        assert "data-done" not in response.content.decode()
        assert not draft.attachments.exists()

    def test_a_question_has_a_box_of_its_own(
        self, client: Client, draft: Challenge, contact: User, file_question: OwnQuestion
    ) -> None:
        client.force_login(contact)
        data = {"file": upload(), "question": str(file_question.pk)}
        response = client.post(boxes_url(draft), data, headers=AS_SCRIPT)
        assert response[views.BOX_HEADER] == f"div_id_{file_question.field}"
        page = client.get(reverse("challenge-edit", args=[draft.pk, "team"])).content.decode()
        assert f'id="div_id_{file_question.field}"' in page
        assert "Raportti.pdf" in page
        other = client.get(reverse("challenge-edit", args=[draft.pk, "challenge"]))
        assert "Raportti.pdf" not in other.content.decode()

    def test_what_answered_a_question_taken_off_the_form_is_not_lost(
        self,
        client: Client,
        draft: Challenge,
        contact: User,
        send: Send,
        file_question: OwnQuestion,
    ) -> None:
        send(question_id=file_question.pk)
        OwnQuestion.objects.update(is_hidden=True)
        client.force_login(contact)
        page = client.get(reverse("challenge-edit", args=[draft.pk, "challenge"]))
        assert "Raportti.pdf" in page.content.decode()

    def test_far_too_large_files_are_not_even_kept(
        self,
        client: Client,
        draft: Challenge,
        contact: User,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        client.force_login(contact)
        monkeypatch.setattr(uploads, "LARGEST_KEPT", 1000)
        large = upload("Raportti.pdf", pdf(before=b" " * 100_000))
        for most in (uploads.LARGEST_READ, 50_000):
            monkeypatch.setattr(uploads, "LARGEST_READ", most)
            large.seek(0)
            response = client.post(boxes_url(draft), {"file": large}, headers=AS_SCRIPT)
            assert response.status_code == 200
            assert re.search(r"10 M[Bt]", response.content.decode().replace("\xa0", " "))
        assert not draft.attachments.exists()


class TestChanging:
    def test_replace_and_remove(
        self, client: Client, draft: Challenge, contact: User, send: Send
    ) -> None:
        client.force_login(contact)
        kept = send()
        url = reverse("attachment-replace", args=[kept.pk])
        wrong = client.post(url, {"file": upload("a.png", b"x")}, headers=AS_SCRIPT)
        assert f'id="attachments_{kept.pk}_error"' in wrong.content.decode()
        assert "<details open>" in wrong.content.decode()
        client.post(url, {"file": upload("Uusi.pdf")}, headers=AS_SCRIPT)
        fresh = draft.attachments.get()
        assert fresh.name == "Uusi.pdf"
        response = client.post(reverse("attachment-remove", args=[fresh.pk]), headers=AS_SCRIPT)
        assert response.status_code == 200
        assert not draft.attachments.exists()
        # The second press, or another window, finds nothing.
        assert client.post(reverse("attachment-remove", args=[fresh.pk])).status_code == 404

    def test_after_submitting_the_answer_says_so(
        self, client: Client, draft: Challenge, contact: User, send: Send
    ) -> None:
        kept = send()
        submit_challenge(draft.pk, accepted_terms=True, actor=contact)
        client.force_login(contact)
        response = client.post(reverse("attachment-remove", args=[kept.pk]), headers=AS_SCRIPT)
        assert response.status_code == 200
        assert "invalid-feedback" in response.content.decode()
        assert client.get(boxes_url(draft)).status_code == 302

    def test_others_do_not_find_it(
        self, client: Client, send: Send, stranger: User, other_contact: User, coordinator: User
    ) -> None:
        kept = send()
        for user in (stranger, other_contact, coordinator):
            client.force_login(user)
            for name in ("attachment-replace", "attachment-remove"):
                response = client.post(reverse(name, args=[kept.pk]), {"file": upload()})
                assert response.status_code == 404
        assert Attachment.objects.get().name == "Raportti.pdf"


class TestGivingOut:
    def test_a_file_is_saved_never_shown(self, client: Client, contact: User, send: Send) -> None:
        kept = send('Ärjy; "lasku" 2026.pdf')
        client.force_login(contact)
        response = client.get(reverse("attachment", args=[kept.pk]))
        assert b"".join(response.streaming_content) == WHOLE["pdf"]  # type: ignore[attr-defined]
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%C3%84rjy")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
        assert "no-store" in response["Cache-Control"]

    def test_the_parties_open_what_was_submitted(
        self,
        client: Client,
        draft: Challenge,
        contact: User,
        send: Send,
        coordinator: User,
        staff: User,
        administrator: User,
        other_contact: User,
    ) -> None:
        kept = send()
        submit_challenge(draft.pk, accepted_terms=True, actor=contact)
        Challenge.objects.filter(pk=draft.pk).update(status="needs_completion")
        later = send("Kesken.pdf")
        for user, opens in (
            (coordinator, 200),
            (staff, 200),
            (administrator, 200),
            (other_contact, 404),
        ):
            client.force_login(user)
            assert client.get(reverse("attachment", args=[kept.pk])).status_code == opens
            assert client.get(reverse("attachment", args=[later.pk])).status_code == 404
        client.force_login(coordinator)
        page = client.get(reverse("challenge", args=[draft.pk])).content.decode()
        assert "Raportti.pdf" in page
        assert "Kesken.pdf" not in page

    def test_a_lost_file_is_not_found(self, client: Client, contact: User, send: Send) -> None:
        kept = send()
        default_storage.delete(kept.file.name)
        client.force_login(contact)
        assert client.get(reverse("attachment", args=[kept.pk])).status_code == 404

    def test_without_signing_in(self, client: Client, send: Send) -> None:
        kept = send()
        assert client.get(reverse("attachment", args=[kept.pk])).status_code == 302

    @pytest.mark.parametrize("files", [1, 3])
    def test_queries_do_not_grow(
        self,
        client: Client,
        draft: Challenge,
        contact: User,
        send: Send,
        files: int,
        django_assert_num_queries: Any,
    ) -> None:
        for _number in range(files):
            send()
        client.force_login(contact)
        with django_assert_num_queries(6):
            client.get(boxes_url(draft))


@pytest.mark.parametrize(
    ("name", "content"),
    [(name, content) for name, content, _reason in ALL if len(content) < 2_000_000],
    ids=[f"{at}-{n}" for at, (n, c, _r) in enumerate(ALL) if len(c) < 2_000_000],
)
def test_hostile_files_end_in_a_sentence(
    client: Client, draft: Challenge, contact: User, name: str, content: bytes
) -> None:
    client.force_login(contact)
    file = upload(name, content)
    file.content_type = "image/png"  # what a browser claims is not believed
    response = client.post(boxes_url(draft), {"file": file}, headers=AS_SCRIPT)
    assert response.status_code == 200
    page = response.content.decode()
    assert 'aria-invalid="true"' in page
    assert "<script>alert" not in page
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("name", [name for name, _clean in NAMES])
def test_hostile_names_neither_break_the_page_nor_the_header(
    client: Client, draft: Challenge, contact: User, name: str
) -> None:
    client.force_login(contact)
    response = client.post(boxes_url(draft), {"file": upload(name, pdf())}, headers=AS_SCRIPT)
    assert response.status_code == 200
    for kept in draft.attachments.all():
        given = client.get(reverse("attachment", args=[kept.pk]))
        assert given.status_code == 200
        assert given["Content-Disposition"].startswith("attachment")
        assert "\n" not in given["Content-Disposition"]
