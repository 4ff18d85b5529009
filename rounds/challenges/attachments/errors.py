"""Why a file was not taken: each sentence tells what to do instead."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from minno_portal.file_errors import (
    Broken,
    EmptyFile,
    FileRefused,
    NoFile,
    NotWhatItSays,
    TooManyPixels,
)
from rounds.challenges.attachments.limits import (
    LARGEST_FILE,
    LARGEST_TOTAL,
    MEGABYTE,
    MOST_FILES,
)

__all__ = [
    "ActivePdf",
    "AlreadyThere",
    "Bomb",
    "Broken",
    "EmptyFile",
    "FileRefused",
    "Infected",
    "Locked",
    "Macros",
    "NoFile",
    "NotScanned",
    "NotWhatItSays",
    "OldOffice",
    "QuestionGone",
    "Svg",
    "TooLarge",
    "TooMany",
    "TooManyPixels",
    "TooMuch",
    "UnknownKind",
]


class QuestionGone(FileRefused):
    """The question that the file answers is not asked any more."""

    sentence = _("This question is no longer asked. Add the file to the attachments instead.")


class TooLarge(FileRefused):
    """Larger than one file may be."""

    def __init__(self) -> None:
        super().__init__(
            _("The file is too large. The most is %(most)d MB.")
            % {"most": LARGEST_FILE // MEGABYTE}
        )


class TooMuch(FileRefused):
    """With it the challenge's files would be too large together."""

    def __init__(self) -> None:
        super().__init__(
            _("The files of a challenge may take %(most)d MB together. Remove another one first.")
            % {"most": LARGEST_TOTAL // MEGABYTE}
        )


class TooMany(FileRefused):
    """There are as many files as there may be."""

    def __init__(self) -> None:
        super().__init__(
            _("A challenge may have %(most)d files. Remove another one first.")
            % {"most": MOST_FILES}
        )


class AlreadyThere(FileRefused):
    """A question that asks for a file has got one."""

    sentence = _("This question already has a file. Replace that one instead.")


class UnknownKind(FileRefused):
    """A kind of file that is not taken."""

    sentence = _(
        "Files of this kind cannot be sent. Send a PDF, an image (JPEG, PNG, WebP or GIF) or an "
        "Office document (docx, xlsx, pptx, odt, ods or odp)."
    )


class Svg(FileRefused):
    """A drawing that may hold programs."""

    sentence = _("SVG drawings cannot be sent. Save the drawing as a PNG image or a PDF.")


class OldOffice(FileRefused):
    """A format of Office before 2007."""

    sentence = _(
        "This is an old Office format. Save the document as .docx, .xlsx, .pptx or PDF, and send "
        "that."
    )


class Locked(FileRefused):
    """A password is needed to open it."""

    sentence = _("The file is locked with a password. Save it without one, and send that.")


class ActivePdf(FileRefused):
    """A PDF that can do more than be read."""

    sentence = _(
        "The PDF holds scripts, programs to start or other files. Print it into a new PDF, and "
        "send that."
    )


class Macros(FileRefused):
    """A document that holds programs."""

    sentence = _("The document holds macros. Save it without them, or as a PDF, and send that.")


class Bomb(FileRefused):
    """A packed document that unpacks to far more than documents do."""

    sentence = _("The document unpacks to far too much. Save it as PDF, and send that.")


class Infected(FileRefused):
    """The virus scan found something."""

    sentence = _("The virus scan stopped this file, so it was not stored.")


class NotScanned(FileRefused):
    """The virus scan could not be asked."""

    sentence = _(
        "The virus scan cannot be reached now, so the file was not stored. Try again in a while."
    )
