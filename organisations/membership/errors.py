"""Why an invitation could not be made or accepted."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from minno_portal.errors import Refused


class AlreadyMember(Refused):
    """The person has this role in the organisation already."""

    sentence = _("This person already acts for the organisation.")


class InvitationUnknown(Refused):
    """No invitation has this token: a newer one replaced it, or the address is incomplete."""

    sentence = _(
        "This invitation is not known. If you have received several letters, use the link "
        "in the newest one."
    )


class InvitationUsed(Refused):
    """The link works once."""

    sentence = _("This invitation has already been used.")


class InvitationExpired(Refused):
    """The link is too old."""

    sentence = _("This invitation is out of date. Ask your colleague to send a new one.")


class OtherAddress(Refused):
    """The invitation was sent to an address that is not the actor's."""

    sentence = _(
        "This invitation was sent to another e-mail address than the one you signed in with. "
        "Sign out, and sign in with the address where the letter came."
    )


class LastOfRole(Refused):
    """Somebody has to run the rounds."""

    sentence = _("You are the only one in this role. Invite somebody else to it first.")
