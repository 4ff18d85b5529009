"""Why an organisation could not be stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minno_portal.errors import Refused

if TYPE_CHECKING:
    from organisations.register.models import Organisation


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


class SeveralFound(Refused):
    """The register has associations of nearly this name: the person says which one is meant.

    :param candidates: the associations to choose from, the likeliest first.
    """

    sentence = _("Associations with a similar name are here already. Is yours one of them?")

    def __init__(self, candidates: Sequence[Organisation]) -> None:
        super().__init__()
        self.candidates = candidates


class TooManyWaiting(Refused):
    """A person has said to act for many associations, and nobody has looked at that yet."""

    sentence = _(
        "You have several associations waiting for approval. Wait until the coordinator has "
        "looked at them."
    )


class HasHistory(Refused):
    """A new association cannot go without a trace: something has been begun in its name."""

    sentence = _(
        "Something has been begun in this association's name already. Merge it with another "
        "association instead, or approve it."
    )


class OrganisationGone(Refused):
    """The association has been merged into another one, or removed, at this very moment."""

    sentence = _(
        "The association's place in the register has just changed. "
        "Load the page again and try once more."
    )


class ContactKnown(Refused):
    """The organisation has a contact person of this address."""

    sentence = _("The register has a contact person with this address for the association already.")


class EmptyNote(Refused):
    """A note without words."""

    sentence = _("Write something first.")
