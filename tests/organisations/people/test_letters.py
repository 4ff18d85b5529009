from __future__ import annotations

import pytest
from django.utils.translation import override

from minno_portal.outbox.models import Letter
from organisations.models import User
from organisations.people import letters
from organisations.people.adapters import CODE_LETTERS, NOTICE_LETTERS, PLAIN_LETTERS

pytestmark = pytest.mark.django_db

LANGUAGES = ("fi", "sv", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(set(CODE_LETTERS.values())))
def test_a_code_stands_on_its_own_line(kind: str, language: str) -> None:
    letters.queue_code(kind, email="a@example.org", language=language, code="BCDFGH")
    letter = Letter.objects.get()
    assert letter.language == language
    assert "\nBCDFGH\n" in letter.text
    assert "BCDFGH" in letter.subject
    assert "15" in letter.text
    assert letter.is_secret


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("notice", sorted(letters.NOTICES))
def test_a_notice_says_what_was_changed(contact: User, notice: str, language: str) -> None:
    contact.language = language
    letters.queue_notice(notice, contact)
    letter = Letter.objects.get()
    assert letter.recipient == contact.email
    assert contact.name in letter.text
    assert letter.subject
    with override(language):
        assert str(letters.NOTICES[notice]) in " ".join(letter.text.split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(PLAIN_LETTERS.values()))
def test_plain_letters_name_the_address(kind: str, language: str) -> None:
    address = "a&b@example.org"
    letters.queue_plain(kind, email=address, language=language)
    assert address in Letter.objects.get().text


def test_every_notice_of_allauth_has_its_sentence() -> None:
    assert set(NOTICE_LETTERS.values()) <= set(letters.NOTICES)
