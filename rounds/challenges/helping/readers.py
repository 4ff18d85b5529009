"""Who reads a comment, said by name: beside the box and beside the comment."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rounds.challenges.enums import Visibility
from rounds.challenges.models import Challenge

Choices = list[tuple[str, str]]


def _names(challenge: Challenge) -> dict[str, str]:
    partnership = challenge.round.partnership
    return {
        "association": challenge.organisation.shown_name,
        "coordinator": partnership.coordinator.shown_name,
        "institution": partnership.institution.shown_name,
    }


def seen_by(visibility: str, challenge: Challenge) -> str:
    """Return who reads a comment of this visibility, as its author or another reader is told."""
    if visibility == Visibility.SELF:
        return _("Seen by you alone")
    if visibility == Visibility.PARTIES:
        return _("Seen by %(coordinator)s and %(institution)s") % _names(challenge)
    return _("Seen by %(association)s, %(coordinator)s and %(institution)s") % _names(challenge)


def choices_for_party(challenge: Challenge) -> Choices:
    """Return the visibilities that a party chooses among, each with its readers."""
    names = _names(challenge)
    return [
        (
            Visibility.ASSOCIATION.value,
            _(
                "The association too: seen by %(association)s, %(coordinator)s and "
                "%(institution)s. %(association)s also gets it by e-mail."
            )
            % names,
        ),
        (
            Visibility.PARTIES.value,
            _(
                "Us two parties: seen by %(coordinator)s and %(institution)s, "
                "never by %(association)s."
            )
            % names,
        ),
        (Visibility.SELF.value, _("A note to myself: seen by you alone.")),
    ]
