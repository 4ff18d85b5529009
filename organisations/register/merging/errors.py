"""Why two organisations could not become one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from minno_portal.errors import Refused


class SameOrganisation(Refused):
    """One organisation is not two."""

    sentence = _("Choose another association to merge with.")


class RunBySomebodyElse(Refused):
    """One of the two runs rounds, and the actor does not act for it."""

    sentence = _(
        "One of these organisations runs rounds of its own. Only its own coordinator can merge it."
    )


class BothRunRounds(Refused):
    """Two organisations that both run rounds keep their rounds apart."""

    sentence = _("Both organisations have partnerships of their own, so they cannot be merged.")


class InTheWay(Refused):
    """Something of both cannot stand side by side."""

    sentence = _(
        "Something that belongs to both stands in the way of merging. An administrator can help."
    )
