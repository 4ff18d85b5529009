"""The tool that takes the documents' pictures: what it takes, and how small they become."""

from __future__ import annotations

import io
from itertools import groupby
from pathlib import Path

import pytest
from PIL import Image

from demo.people import BY_KEY
from dev import pictures
from dev.pictures import PICTURES, Picture, keep

SOME = Picture("some", "", ("/",), 900)


def png(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()


def test_each_picture_has_its_name_and_a_person_of_the_demo() -> None:
    assert len({picture.name for picture in PICTURES}) == len(PICTURES)
    assert {picture.person for picture in PICTURES} - {""} <= set(BY_KEY)


def test_each_person_enters_once() -> None:
    entries = [person for person, _ in groupby(picture.person for picture in PICTURES)]
    assert len(entries) == len(set(entries))


def test_a_picture_gets_fewer_colours_until_it_is_small(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "TARGET", tmp_path)
    busy = Image.effect_mandelbrot((640, 450), (-2, -1.5, 1, 1.5), 100)
    size = keep(SOME.name, png(busy))
    monkeypatch.setattr(pictures, "LARGEST_BYTES", size - 1)
    assert keep(SOME.name, png(busy)) < size
    assert (tmp_path / "some.png").stat().st_size < size


def test_a_picture_that_stays_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "TARGET", tmp_path)
    monkeypatch.setattr(pictures, "LARGEST_BYTES", 10)
    with pytest.raises(ValueError, match="some is larger"):
        keep(SOME.name, png(Image.new("RGB", (100, 100))))
    assert not list(tmp_path.iterdir())
