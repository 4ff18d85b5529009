"""The receipt as a page and as a PDF."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from pypdf import PdfReader

from minno_portal.outbox.models import Letter
from organisations.models import User
from rounds.call.terms import TERMS_VERSION
from rounds.challenges.afterwards import receipts
from rounds.challenges.afterwards.receipts import receipt_of, receipt_pdf
from rounds.challenges.attachments.services import add_attachment
from rounds.challenges.models import Challenge
from rounds.challenges.services import save_section, submit_challenge
from rounds.challenges.terms.models import Acceptance, Document
from tests.rounds.challenges.attachments.conftest import upload


def page_url(challenge: Challenge) -> str:
    return reverse("challenge-receipt", args=[challenge.pk])


def pdf_url(challenge: Challenge) -> str:
    return reverse("challenge-receipt-pdf", args=[challenge.pk])


def read(pdf: bytes) -> tuple[PdfReader, str]:
    reader = PdfReader(io.BytesIO(pdf))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.fixture
def with_file(draft: Challenge, contact: User) -> Challenge:
    """A submitted challenge with an attachment."""
    add_attachment(draft.pk, upload=upload("Kysely.pdf"), actor=contact)
    return submit_challenge(draft.pk, accepted_terms=True, actor=contact)


class TestPage:
    def test_submitting_ends_on_the_receipt(
        self, client: Client, draft: Challenge, contact: User
    ) -> None:
        client.force_login(contact)
        url = reverse("challenge-submit", args=[draft.pk])
        response = client.post(url, {"accepts_terms": "on"}, follow=True)
        assert response.redirect_chain[-1][0] == page_url(draft)

    def test_it_tells_what_came_and_what_comes(
        self, client: Client, with_file: Challenge, contact: User
    ) -> None:
        client.force_login(contact)
        response = client.get(page_url(with_file))
        page = response.content.decode()
        for told in (
            with_file.reference,
            with_file.title,
            contact.email,
            "Kysely.pdf",
            TERMS_VERSION,
        ):
            assert told in page
        assert pdf_url(with_file) in page
        assert all(step.state != "done" for step in response.context["steps"])
        assert response.context["steps"]

    def test_the_letter_leads_to_it(self, submitted: Challenge) -> None:
        assert page_url(submitted) in Letter.objects.get(kind="receipt").text

    def test_a_draft_has_none(self, client: Client, draft: Challenge, contact: User) -> None:
        client.force_login(contact)
        response = client.get(page_url(draft))
        assert response["Location"] == reverse("challenge", args=[draft.pk])
        assert client.get(pdf_url(draft)).status_code == 404

    @pytest.mark.parametrize("version", ["2", "0", "x", "9" * 30, "%00", "-1", "²"])
    def test_a_version_that_is_none(
        self, client: Client, submitted: Challenge, contact: User, version: str
    ) -> None:
        client.force_login(contact)
        assert client.get(f"{page_url(submitted)}?version={version}").status_code == 302
        assert client.get(f"{pdf_url(submitted)}?version={version}").status_code == 404

    def test_it_is_the_associations_own(
        self, client: Client, submitted: Challenge, coordinator: User, stranger: User
    ) -> None:
        for url in (page_url(submitted), pdf_url(submitted)):
            client.force_login(coordinator)
            assert client.get(url).status_code == 403
            client.force_login(stranger)
            assert client.get(url).status_code == 404


class TestPdf:
    @pytest.mark.parametrize("language", ["fi", "sv", "en"])
    def test_it_is_accessible_and_speaks_its_language(
        self, with_file: Challenge, language: str
    ) -> None:
        receipt = receipt_of(with_file, None)
        assert receipt
        reader, text = read(receipt_pdf(receipt, language))
        root = reader.root_object
        assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 (a PDF boolean)
        assert root["/Lang"] == language
        assert with_file.reference in reader.metadata.title
        assert "pdfuaid" in root["/Metadata"].get_object().get_data().decode()
        with translation.override(language):
            assert gettext("Attachments") in text

    def test_everything_that_was_sent_is_in_it(self, with_file: Challenge) -> None:
        receipt = receipt_of(with_file, 1)
        assert receipt
        _reader, text = read(receipt_pdf(receipt, "fi"))
        for name in ("title", "need", "change_sought", "target_group", "material"):
            assert getattr(with_file, name) in text
        assert "Kysely.pdf" in text
        checksum = with_file.attachments.get().sha256
        assert checksum in text.replace(" ", "")
        assert TERMS_VERSION in text

    def test_markup_is_shown_as_it_was_typed(self, draft: Challenge, contact: User) -> None:
        typed = '<img src="file:///etc/passwd"> & <b>lihava</b>'
        Challenge.objects.filter(pk=draft.pk).update(need=typed)
        submitted = submit_challenge(draft.pk, accepted_terms=True, actor=contact)
        receipt = receipt_of(submitted, None)
        assert receipt
        assert typed in read(receipt_pdf(receipt, "fi"))[1]

    def test_an_earlier_version_stays_what_it_was(
        self, client: Client, asked: Challenge, contact: User
    ) -> None:
        old = asked.need
        save_section(
            asked.pk,
            section="challenge",
            values={"need": "Uusi tarve"},
            version=None,
            actor=contact,
        )
        submit_challenge(asked.pk, accepted_terms=False, actor=contact)
        client.force_login(contact)
        newest = client.get(pdf_url(asked))
        assert newest["Content-Type"] == "application/pdf"
        assert newest["Content-Disposition"] == f'attachment; filename="{asked.reference}-v2.pdf"'
        assert "Uusi tarve" in read(newest.content)[1]
        first = read(client.get(f"{pdf_url(asked)}?version=1").content)[1]
        assert old in first
        assert "Uusi tarve" not in first

    def test_the_same_is_not_made_twice(
        self, submitted: Challenge, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        receipt = receipt_of(submitted, None)
        assert receipt
        first = receipt_pdf(receipt, "fi")
        monkeypatch.setattr(receipts, "typeset", None)
        assert receipt_pdf(receipt, "fi") == first


class TestAcceptances:
    def test_both_texts_are_recorded_with_time_and_person(
        self, submitted: Challenge, contact: User
    ) -> None:
        rows = Acceptance.objects.filter(challenge=submitted)
        assert {row.document for row in rows} == set(Document.values)
        assert {row.accepted_by for row in rows} == {contact}
        assert {row.accepted_at for row in rows} == {submitted.terms_accepted_at}

    def test_a_completion_accepts_nothing_anew(self, asked: Challenge, colleague: User) -> None:
        submit_challenge(asked.pk, accepted_terms=False, actor=colleague)
        assert Acceptance.objects.filter(challenge=asked).count() == 2

    def test_newer_terms_are_a_row_of_their_own(self, asked: Challenge, colleague: User) -> None:
        Challenge.objects.filter(pk=asked.pk).update(terms_version="2020-01-01")
        Acceptance.objects.filter(document=Document.TERMS).update(version="2020-01-01")
        submit_challenge(asked.pk, accepted_terms=True, actor=colleague)
        terms = Acceptance.objects.filter(challenge=asked, document=Document.TERMS)
        assert [row.version for row in terms] == ["2020-01-01", TERMS_VERSION]
        receipt = receipt_of(asked, 1)
        assert receipt
        assert TERMS_VERSION not in {
            row.version for row in receipt.acceptances if row.document == Document.TERMS
        }
