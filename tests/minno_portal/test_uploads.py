"""Large files of a form on their way: no name leads to them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings as SettingsWrapper

from minno_portal.uploads import NamelessFile


@pytest.fixture
def handler(tmp_path: Path, settings: SettingsWrapper) -> NamelessFile:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    made = NamelessFile()
    made.new_file("file", "Raportti.pdf", "application/pdf", None)
    made.receive_data_chunk(b"Kaksi ", 0)
    return made


def test_half_a_file_lies_nowhere(handler: NamelessFile, tmp_path: Path) -> None:
    assert not [*tmp_path.iterdir()]
    handler.upload_interrupted()
    assert handler.file.closed


def test_the_whole_of_it_is_read_from_its_beginning(handler: NamelessFile) -> None:
    handler.receive_data_chunk(b"palaa", 6)
    file = handler.file_complete(11)
    assert (file.name, file.content_type, file.size) == ("Raportti.pdf", "application/pdf", 11)
    assert file.read() == b"Kaksi palaa"


def test_nothing_was_begun() -> None:
    NamelessFile().upload_interrupted()
