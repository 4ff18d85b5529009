"""On whose behalf a letter goes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Model
from django.utils.translation import gettext as _

from minno_portal.outbox.models import LetterText


def _portal_sign_off() -> str:
    return "{}\n{}".format(_("Best regards"), _("MINNO challenges"))


@dataclass(frozen=True)
class Sender:
    """On whose behalf a letter goes out, and which round it belongs to.

    Without arguments it is the portal itself.

    :param name: stands before the portal's address in the From line.
    :param reply_to: the address that answers go to.
    :param sign_off: called in the recipient's language.
    :param logo: the name of an image in the file store, empty for none.
    :param house: the id of the partnership, whose coordinators see the letter.
    :param thread: the round's slug, empty outside rounds.
    :param text_owners: whose own texts are used, the nearest first (the round, the partnership).
    """

    name: str = ""
    reply_to: str = ""
    sign_off: Callable[[], str] = _portal_sign_off
    logo: str = ""
    house: int | None = None
    thread: str = ""
    text_owners: tuple[Model, ...] = ()

    @cached_property
    def own_texts(self) -> dict[tuple[str, str], LetterText]:
        """The sender's own texts by kind and language, the nearest owner's first (one query)."""
        if not self.text_owners:
            return {}
        found: dict[tuple[str, str], LetterText] = {}
        nearness = {LetterText.key_of(owner): at for at, owner in enumerate(self.text_owners)}
        texts = LetterText.objects.of(self.text_owners)
        for text in sorted(texts, key=lambda text: nearness[text.owner_type_id, text.owner_id]):
            found.setdefault((text.kind, text.language), text)
        return found

    def answered_at(self, address: str) -> Sender:
        """Return the same sender with another address for answers; empty means nobody's."""
        return replace(self, reply_to=address)


PORTAL = Sender()
