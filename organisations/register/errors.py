"""Why an organisation could not be stored."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minno_portal.errors import Refused


class OrganisationKnown(Refused):
    """The register has this organisation already; nobody joins one silently.

    :param field: the form's field that gave it away.
    """

    def __init__(self, field: str, sentence: str | Promise | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class NameKnown(OrganisationKnown):
    """Another organisation has the same name."""

    sentence = _(
        "An organisation with this name is here already. Ask a colleague who uses the portal to "
        "invite you, or write to the coordinator."
    )


class BusinessIdKnown(OrganisationKnown):
    """Another organisation has the same business id."""

    sentence = _(
        "An organisation with this business ID is here already. Ask a colleague who uses the "
        "portal to invite you, or write to the coordinator."
    )
