"""Why a file was not taken, whatever it is for: each sentence tells what to do instead."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from minno_portal.errors import Refused


class FileRefused(Refused):
    """Base of the reasons that belong to the file itself."""


class NoFile(FileRefused):
    """Nothing was chosen."""

    sentence = _("Choose a file first.")


class EmptyFile(FileRefused):
    """A file of no bytes."""

    sentence = _("The file is empty. Choose another one.")


class NotWhatItSays(FileRefused):
    """The content is of another kind than the name tells."""

    sentence = _(
        "The content of the file is not what its name says. Open the file in its own program, "
        "save it anew, and send that."
    )


class Broken(FileRefused):
    """The content cannot be read to its end."""

    sentence = _(
        "The file is broken or has been cut off. Open it to see that it works, save it anew, and "
        "send that."
    )


class TooManyPixels(FileRefused):
    """An image that would take too much memory when it is opened."""

    sentence = _("The image is too large in pixels. Make it smaller, and send that.")
