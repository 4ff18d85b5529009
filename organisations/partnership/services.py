"""How partnerships begin."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from minno_portal.services import service
from organisations.partnership.models import SIGN_OFF_LENGTH, Partnership
from organisations.register.models import Organisation


@service
def found_partnership(
    *,
    coordinator: Organisation,
    institution: Organisation,
    prefix: str,
    reply_to: str,
    agreed_from: dt.date,
) -> tuple[Partnership, bool]:
    """Return the partnership of the two, founded if there is none, and whether it is new.

    :raises ValidationError: when a value is unfit, such as a prefix that another one uses.
    """
    known = Partnership.objects.filter(coordinator=coordinator, institution=institution).first()
    if known:
        return known, False
    partnership = Partnership(
        coordinator=coordinator,
        institution=institution,
        prefix=prefix,
        reply_to=reply_to,
        agreed_from=agreed_from,
        **_sign_offs(coordinator.shown_name),
    )
    partnership.full_clean()
    partnership.save()
    return partnership, True


def _sign_offs(name: str) -> dict[str, str]:
    """Return the line that ends letters, in each language."""
    lines = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            line = gettext("Best regards, %(name)s") % {"name": name}
        lines[f"sign_off_{language}"] = line[:SIGN_OFF_LENGTH]
    return lines
