from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from minno_portal.errors import NotAllowed
from minno_portal.file_errors import Broken, EmptyFile
from organisations.models import Partnership, User
from organisations.partnership.sending import (
    LOGO_FITS,
    LogoTooLarge,
    NotALogo,
    remove_logo,
    set_logo,
    set_sender,
)

SIGN_OFFS = {"fi": "Terveisin\nAino", "sv": "Hälsningar\r\nAino", "en": "Regards\nAino"}
GOOD = {
    "sender_name": "Katto ry",
    "reply_to": "minno@example.org",
    **{f"sign_off_{code}": text for code, text in SIGN_OFFS.items()},
}


def picture(kind: str = "PNG", size: tuple[int, int] = (2000, 600)) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", size, "teal").save(drawn, kind)
    return drawn.getvalue()


def upload(content: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def signed_in(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def page_of(partnership: Partnership) -> str:
    return reverse("texts-sender-of", args=[partnership.pk])


def test_the_sender_is_used_by_letters(partnership: Partnership, coordinator: User) -> None:
    set_sender(
        partnership.pk,
        name="Katto\nBcc: x@example.org \u202e",
        reply_to="uusi@example.org",
        sign_offs=SIGN_OFFS,
        actor=coordinator,
    )
    sender = Partnership.objects.get(pk=partnership.pk).sender
    assert sender.name == "Katto Bcc: x@example.org"
    assert sender.reply_to == "uusi@example.org"
    assert sender.sign_off() == "Terveisin\nAino"


@pytest.mark.parametrize(
    ("field", "value"),
    [("reply_to", "not an address"), ("name", "ä" * 61), ("sign_offs", {"fi": "ä" * 301})],
)
def test_unfit_values(partnership: Partnership, coordinator: User, field: str, value: Any) -> None:
    given = {"name": "Katto", "reply_to": "a@example.org", "sign_offs": SIGN_OFFS, field: value}
    with pytest.raises(ValidationError):
        set_sender(partnership.pk, actor=coordinator, **given)


@pytest.mark.parametrize(("kind", "suffix"), [("PNG", ".png"), ("JPEG", ".jpg")])
def test_a_logo_is_drawn_anew_and_small(
    partnership: Partnership, coordinator: User, kind: str, suffix: str
) -> None:
    content = picture(kind)
    made = set_logo(partnership.pk, upload=upload(content, "../x.exe"), actor=coordinator)
    name = made.sender.logo
    assert name.startswith("logos/")
    assert name.endswith(suffix)
    with default_storage.open(name) as file, Image.open(file) as drawn:
        assert drawn.format == kind
        assert drawn.width <= LOGO_FITS[0]
        assert drawn.height <= LOGO_FITS[1]
    # Letters on their way name the old file: it stays.
    assert remove_logo(partnership.pk, actor=coordinator).sender.logo == ""
    assert default_storage.exists(name)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyFile),
        (b"GIF89a" + bytes(20), NotALogo),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", NotALogo),
        (picture()[:100], Broken),
        (b"\x89PNG\r\n\x1a\n" + bytes(2 * 1024 * 1024), LogoTooLarge),
    ],
)
def test_what_is_no_logo(
    partnership: Partnership, coordinator: User, content: bytes, error: type[Exception]
) -> None:
    with pytest.raises(error):
        set_logo(partnership.pk, upload=upload(content), actor=coordinator)


def test_only_the_coordinator_changes_it(
    partnership: Partnership, staff: User, administrator: User, contact: User
) -> None:
    for person in (staff, administrator, contact):
        with pytest.raises(NotAllowed):
            set_sender(partnership.pk, name="", reply_to="a@b.fi", sign_offs={}, actor=person)
        with pytest.raises(NotAllowed):
            set_logo(partnership.pk, upload=upload(picture()), actor=person)
        with pytest.raises(NotAllowed):
            remove_logo(partnership.pk, actor=person)


def test_the_page_saves_everything(signed_in: Client, partnership: Partnership) -> None:
    page = page_of(partnership)
    answer = signed_in.post(page, {**GOOD, "logo": upload(picture())}, follow=True)
    saved = Partnership.objects.get(pk=partnership.pk)
    assert (saved.sender_name, saved.sign_off_sv) == ("Katto ry", "Hälsningar\nAino")
    shown = reverse("texts-logo", args=[partnership.pk])
    assert f'src="{shown}"' in answer.text
    image = signed_in.get(shown)
    assert image.headers["Content-Type"] == "image/png"
    assert "sandbox" in image.headers["Content-Security-Policy"]
    signed_in.post(page, {**GOOD, "remove_logo": "on"})
    assert not Partnership.objects.get(pk=partnership.pk).logo
    assert signed_in.get(shown).status_code == 404


def test_a_refused_form_saves_nothing(signed_in: Client, partnership: Partnership) -> None:
    for changed, field in (
        ({"logo": upload(b"<svg/>")}, "logo"),
        ({"reply_to": "a@example.org\nBcc: b@example.org"}, "reply_to"),
        ({"sign_off_fi": ""}, "sign_off_fi"),
        ({"sign_off_en": "x" * 301}, "sign_off_en"),
        ({"sender_name": "x\x00"}, "sender_name"),
    ):
        answer = signed_in.post(page_of(partnership), {**GOOD, **changed})
        assert answer.status_code == 200
        assert field in answer.context["form"].errors
    assert Partnership.objects.get(pk=partnership.pk).sender_name == ""


def test_others(
    client: Client, partnership: Partnership, staff: User, administrator: User, stranger: User
) -> None:
    for person, look, save in ((staff, 403, 403), (administrator, 200, 403), (stranger, 404, 404)):
        client.force_login(person)
        assert client.get(page_of(partnership)).status_code == look
        assert client.post(page_of(partnership), GOOD).status_code == save


def test_who_gets_the_logo(
    client: Client,
    partnership: Partnership,
    coordinator: User,
    staff: User,
    administrator: User,
    stranger: User,
) -> None:
    set_logo(partnership.pk, upload=upload(picture()), actor=coordinator)
    address = reverse("texts-logo", args=[partnership.pk])
    assert client.get(address).status_code == 302
    for person, status in ((coordinator, 200), (administrator, 200), (staff, 403), (stranger, 404)):
        client.force_login(person)
        assert client.get(address).status_code == status


def test_the_page_asks_little(
    signed_in: Client, partnership: Partnership, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(4):
        signed_in.get(page_of(partnership))
