"""The logo inside a letter, read back from a real mail server."""

from __future__ import annotations

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from minno_portal.outbox.delivery import deliver_letter
from minno_portal.outbox.enums import State
from minno_portal.outbox.services import Sender
from tests.minno_portal.outbox.conftest import MakeLetter
from tests.workers import MailSink

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def logo() -> str:
    drawn = io.BytesIO()
    Image.new("RGB", (240, 80), "white").save(drawn, "PNG")
    return str(default_storage.save("logos/test.png", ContentFile(drawn.getvalue())))


def test_the_logo_travels_inside_the_letter(
    make_letter: MakeLetter, smtp: MailSink, logo: str
) -> None:
    sender = Sender(name='Katto & "Co" ry', logo=logo)
    assert deliver_letter(make_letter(sender=sender).pk) == State.SENT
    message = smtp.messages[0]
    assert message.get_content_type() == "multipart/related"
    assert str(message["From"]).startswith('"Katto & \\"Co\\" ry" <')
    html = message.get_body(("html",))
    plain = message.get_body(("plain",))
    assert html is not None
    assert plain is not None
    assert "logo" not in plain.get_content()
    assert 'src="cid:logo@letter" alt="Katto &amp; &quot;Co&quot; ry"' in html.get_content()
    assert "http" not in html.get_content().split("<main>")[1].split("</p>")[0]
    images = [part for part in message.walk() if part.get_content_maintype() == "image"]
    assert [str(part["Content-ID"]) for part in images] == ["<logo@letter>"]
    assert images[0].get_content_disposition() == "inline"
    content = images[0].get_content()
    assert Image.open(io.BytesIO(content)).size == (240, 80)


def test_a_letter_whose_logo_is_gone_goes_out_without_one(
    make_letter: MakeLetter, smtp: MailSink, logo: str
) -> None:
    letter = make_letter(sender=Sender(logo=logo))
    default_storage.delete(logo)
    assert deliver_letter(letter.pk) == State.SENT
    message = smtp.messages[0]
    assert message.get_content_type() == "multipart/alternative"
    html = message.get_body(("html",))
    assert html is not None
    assert "cid:" not in html.get_content()
