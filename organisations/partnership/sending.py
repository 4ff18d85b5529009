"""On whose behalf a partnership's letters go out: name, address for replies, sign-off, logo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minno_portal.file_errors import EmptyFile, FileRefused
from minno_portal.outbox.rendering import clean_line, clean_text
from minno_portal.pictures import kind_of, redraw
from minno_portal.services import require_permission, service
from minno_portal.uploads import MEGABYTE
from organisations.partnership.models import Partnership
from organisations.people.enums import Language
from organisations.people.models import User

LARGEST_LOGO: Final = 2 * MEGABYTE
# Twice what it takes on the screen, for screens with small pixels.
LOGO_FITS: Final = (480, 160)
_SUFFIXES: Final = {"PNG": "png", "JPEG": "jpg"}
_PERMISSION: Final = "organisations.change_sender"


class NotALogo(FileRefused):
    """Another kind of file than the two that every mail program shows."""

    sentence: str | Promise = gettext_lazy("Choose a PNG or JPEG image.")


class LogoTooLarge(FileRefused):
    """More bytes than a logo has."""

    def __init__(self) -> None:
        super().__init__(
            _("The file is too large. The most is %(most)d MB.")
            % {"most": LARGEST_LOGO // MEGABYTE}
        )


@service
def set_sender(
    partnership_id: int,
    *,
    name: str,
    reply_to: str,
    sign_offs: Mapping[str, str],
    actor: User,
) -> Partnership:
    """Write under which name letters go out, where answers go, and how letters end.

    :param sign_offs: texts of some lines by language; a missing language stays as it was.
    :raises NotAllowed: when the actor does not coordinate the partnership.
    :raises ValidationError: when a value is unfit, by field.
    """
    partnership = _locked(partnership_id, actor)
    partnership.sender_name = clean_line(name)
    partnership.reply_to = reply_to.strip()
    for language, text in sign_offs.items():
        field = f"sign_off_{Language(language).value}"
        setattr(partnership, field, clean_text(text).strip())
    partnership.full_clean()
    partnership.save()
    return partnership


def set_logo(partnership_id: int, *, upload: UploadedFile[bytes], actor: User) -> Partnership:
    """Draw an image anew and put it at the head of the partnership's letters.

    :raises NotAllowed: when the actor does not coordinate the partnership.
    :raises FileRefused: when the file is no image that can be used.
    """
    require_permission(_PERMISSION, actor, Partnership.objects.get(pk=partnership_id))
    # Drawing takes a while, so it comes before the transaction and its lock.
    kind, drawn = _drawn(upload)
    return _keep(partnership_id, content=drawn, kind=kind, actor=actor)


@service
def remove_logo(partnership_id: int, *, actor: User) -> Partnership:
    """Let letters go out without a logo; those on their way keep it.

    :raises NotAllowed: when the actor does not coordinate the partnership.
    """
    partnership = _locked(partnership_id, actor)
    partnership.logo = ""
    partnership.save(update_fields=["logo"])
    return partnership


@service
def _keep(partnership_id: int, *, content: bytes, kind: str, actor: User) -> Partnership:
    partnership = _locked(partnership_id, actor)
    partnership.logo.save(f"logo.{_SUFFIXES[kind]}", ContentFile(content), save=False)
    partnership.save(update_fields=["logo"])
    return partnership


def _drawn(upload: UploadedFile[bytes]) -> tuple[str, bytes]:
    if (upload.size or 0) > LARGEST_LOGO:
        raise LogoTooLarge
    content = upload.read()
    if not content:
        raise EmptyFile
    kind = kind_of(content)
    if kind not in _SUFFIXES:
        raise NotALogo
    return kind, redraw(content, kind, within=LOGO_FITS)


def _locked(partnership_id: int, actor: User) -> Partnership:
    found = Partnership.objects.select_for_update(of=("self",))
    partnership: Partnership = found.get(pk=partnership_id)
    require_permission(_PERMISSION, actor, partnership)
    return partnership
