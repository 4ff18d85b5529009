from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from minno_portal.outbox.addresses import absolute_url
from minno_portal.outbox.html import html_from_text
from minno_portal.outbox.rendering import LONGEST_SUBJECT, render
from minno_portal.outbox.services import PORTAL, Recipient
from tests.minno_portal.outbox.conftest import TEST, about


def rendered(language: str = "fi", title: str = "Yksinäisyys") -> Any:
    to = Recipient("aino@example.org", language, "Aino")
    return render(TEST, to=to, values=about(title), sender=PORTAL)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_letters_speak_the_recipients_language(language: str) -> None:
    """Whatever language the page that causes the letter is shown in."""
    with translation.override("en" if language == "fi" else "fi"):
        letter = rendered(language)
    with translation.override(language):
        greeting = translation.gettext("Hello %(name)s,") % {"name": "Aino"}
    assert letter.text.startswith(greeting)
    assert f'<html lang="{language}">' in letter.html
    assert f"<p>{greeting}</p>" in letter.html


def test_what_people_write_is_safe_in_both_parts() -> None:
    letter = rendered(title="<script>alert('1')</script> & \"Me\"\x00\u202e")
    assert "<script>alert('1')</script> & \"Me\"." in letter.text
    assert "<script" not in letter.html
    assert "&lt;script&gt;" in letter.html
    assert not set("\x00\u202e") & set(letter.text + letter.html + letter.subject)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x0c", "\x85"])
def test_a_subject_is_one_line(newline: str) -> None:
    letter = rendered(title=f"Otsikko{newline}Bcc: victim@example.org")
    assert len(letter.subject.splitlines()) == 1
    assert "Otsikko Bcc: victim@example.org" in letter.subject


def test_a_long_subject_is_shortened() -> None:
    letter = rendered(title="ä" * 500)
    assert len(letter.subject) == LONGEST_SUBJECT
    assert letter.subject.endswith("…")


def test_only_our_own_addresses_become_links(settings: Any) -> None:
    settings.SITE_URL = "https://minno.example.fi"
    html = html_from_text(
        "See https://minno.example.fi/challenges/1/?a=1&b=2, please.\n"
        "Not https://evil.example/ nor https://minno.example.fi.evil.example/x"
        " nor javascript:alert(1) nor https://minno.example.fi@evil.example/"
    )
    href = "https://minno.example.fi/challenges/1/?a=1&amp;b=2"
    assert f'<a href="{href}">{href}</a>, please.' in html
    assert html.count("<a ") == 1
    assert "https://evil.example/" in html


def test_a_line_that_names_an_address_is_a_link_with_that_name(settings: Any) -> None:
    settings.SITE_URL = "https://minno.example.fi"
    html = html_from_text("Open the challenge: https://minno.example.fi/challenges/1/")
    assert html == (
        '<p><a class="action" href="https://minno.example.fi/challenges/1/">'
        "Open the challenge</a></p>"
    )


def test_lists_and_paragraphs() -> None:
    html = html_from_text("Next:\n- one\n- two\n\nRegards\nMINNO\n")
    assert html == ("<p>Next:</p>\n<ul><li>one</li><li>two</li></ul>\n<p>Regards<br>\nMINNO</p>")


def test_letters_have_no_heaps_of_empty_lines() -> None:
    letter = rendered()
    assert "\n\n\n" not in letter.text
    assert letter.text.endswith("\n")


def test_addresses_are_whole_and_in_the_language(settings: Any) -> None:
    settings.SITE_URL = "https://minno.example.fi"
    assert absolute_url("challenge", 7, language="fi") == "https://minno.example.fi/challenges/7/"
    assert absolute_url("challenge", 7, language="sv").startswith("https://minno.example.fi/sv/")
