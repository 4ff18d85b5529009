"""The MINNO-fest as a moment to tell the public of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from rounds.call.kit.moments import Moment, kit_moment
from rounds.selection.deciding.kit import chosen

FEST = kit_moment(
    Moment(
        "fest",
        label=_("MINNO-fest"),
        not_yet=_(
            "These texts appear when the decisions have been told and an association permits "
            "publishing."
        ),
        facts=chosen,
    )
)
