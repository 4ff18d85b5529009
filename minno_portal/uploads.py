"""What comes with a form is let in only up to a size: nobody fills the server's disk."""

from __future__ import annotations

import tempfile
from typing import Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

MEGABYTE: Final = 1024 * 1024
# A little more than the largest file that any form takes: the form itself says what is too much.
LARGEST_KEPT: Final = 12 * MEGABYTE
# Up to this much is read and thrown away, so that the browser gets an answer; more is cut off.
LARGEST_READ: Final = 100 * MEGABYTE

_MARK: Final = "_had_too_large_file"


class SizeLimit(FileUploadHandler):
    """Stands before Django's own handlers and keeps large files from them."""

    received = 0
    announced = 0

    def handle_raw_input(
        self,
        input_data: object,
        META: dict[str, str],  # noqa: N803 (Django's name)
        content_length: int,
        *rest: object,
    ) -> None:
        """Note how much is coming; Django reads it."""
        self.announced = content_length

    def new_file(self, *args: object, **kwargs: object) -> None:
        """Count each file anew."""
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self.received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass a piece on, or stop.

        :raises SkipFile: when this file is too large; what else the form holds is still read.
        :raises StopUpload: when far more is coming than any form takes.
        """
        self.received += len(raw_data)
        if self.received > LARGEST_KEPT:
            setattr(self.request, _MARK, True)
            if self.announced > LARGEST_READ:
                raise StopUpload(connection_reset=True)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave keeping the file to Django's handlers."""


class NamelessFile(FileUploadHandler):
    """Keeps a large file where no name leads to it.

    Nobody tells a handler that the connection broke in the middle of a file. Without a name half a
    file goes with the request, or with the process, whatever ends first.
    """

    def new_file(self, *args: object, **kwargs: object) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        # Whoever gets the request closes it.
        place = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115
        about = (self.file_name, self.content_type, 0, self.charset, self.content_type_extra)
        self.file = UploadedFile(place, *about)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece."""
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:
        """Hand the whole file over, to be read from its beginning."""
        self.file.seek(0)
        self.file.size = file_size
        return self.file

    def upload_interrupted(self) -> None:
        """Let go of what came of it."""
        if hasattr(self, "file"):
            self.file.close()


def had_too_large_file(request: HttpRequest) -> bool:
    """Tell whether a file of this request was left out because of its size."""
    return bool(getattr(request, _MARK, False))
