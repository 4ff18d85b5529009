"""Which files are taken, under which names, and what is kept of them."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from rounds.challenges.attachments.checking import KINDS, check_file
from rounds.challenges.attachments.errors import Broken, FileRefused
from rounds.challenges.attachments.models import NAME_LENGTH
from rounds.challenges.attachments.names import clean_name
from tests.rounds.challenges.attachments.hostile import ALL, NAMES
from tests.rounds.challenges.attachments.samples import WHOLE, image


def test_every_kind_has_a_sample() -> None:
    assert WHOLE.keys() == KINDS.keys()


@pytest.mark.parametrize("extension", WHOLE)
def test_a_whole_file_is_taken_whatever_its_letter_case(extension: str) -> None:
    checked = check_file(f"Raportti.{extension.upper()}", WHOLE[extension])
    assert checked.name == f"Raportti.{extension}"
    assert checked.content_type == KINDS[extension].content_type
    assert checked.content
    if not checked.content_type.startswith("image/"):
        assert checked.content == WHOLE[extension]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    ALL,
    ids=[f"{at}-{name}-{reason.__name__}" for at, (name, _content, reason) in enumerate(ALL)],
)
def test_what_is_not_taken_says_why(name: str, content: bytes, reason: type[FileRefused]) -> None:
    with pytest.raises(FileRefused) as refusal:
        check_file(name, content)
    assert type(refusal.value) is reason
    assert str(refusal.value.sentence)


@pytest.mark.parametrize(("name", "clean"), NAMES)
def test_names_are_cleaned(name: str, clean: str) -> None:
    assert clean_name(name) == clean
    assert len(clean) <= NAME_LENGTH


def test_pictures_lose_place_camera_comments_and_hidden_files() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Kamera"
    exif[0x0112] = 6  # lies on its side
    taken = image("JPEG", (40, 30), exif=exif, comment=b"salaisuus")
    stored = check_file("kuva.jpg", taken + b"PK\x03\x04 hidden").content
    drawn = Image.open(io.BytesIO(stored))
    assert drawn.size == (30, 40)
    assert not drawn.getexif()
    for secret in (b"Kamera", b"salaisuus", b"hidden", b"Exif"):
        assert secret not in stored


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_what_is_seen_through_stays_so(kind: str) -> None:
    made = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(made, kind)
    stored = check_file(f"kuva.{kind.lower()}", made.getvalue()).content
    assert Image.open(io.BytesIO(stored)).convert("RGBA").getpixel((0, 0))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK"])
def test_unusual_colours_are_read(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    made = io.BytesIO()
    Image.new(mode, (8, 8)).save(made, kind)
    assert check_file(f"kuva.{'jpg' if mode == 'CMYK' else 'png'}", made.getvalue()).content


def test_a_large_telephone_picture_is_taken() -> None:
    assert check_file("kuva.jpg", image("JPEG", (8000, 6000))).content


def test_a_cut_off_picture_is_refused_after_making_a_pdf_too() -> None:
    import weasyprint  # noqa: F401 (it tells Pillow to read whatever there is)

    with pytest.raises(Broken):
        check_file("kuva.jpg", image("JPEG", (400, 300))[:-200])


def test_a_pdf_of_weasyprint_is_taken() -> None:
    from minno_portal.pdf import typeset

    made = typeset("<html lang=fi><title>Otsikko</title><h1>Otsikko</h1></html>", "")
    assert check_file("kuitti.pdf", made).content == made
