"""Examples of the letters of campaigns."""

from __future__ import annotations

from django.db.models import Model
from django.utils.translation import gettext as _

from minno_portal.outbox.addresses import absolute_url
from minno_portal.outbox.examples import Example, example
from minno_portal.outbox.rendering import Addressee
from organisations.examples import organisation_name
from rounds.call.campaigns.composing import round_values
from rounds.call.campaigns.kinds import KINDS
from rounds.planning.examples import real_round, round_for


@example(*KINDS.values())
def campaign(owner: Model | None) -> Example:
    """Show the letter to one association, with everybody's link."""
    real = real_round(owner)

    def values(to: Addressee) -> dict[str, str]:
        round_ = real or round_for(owner)
        return {
            **round_values(round_),
            "organisation": organisation_name(),
            "link": absolute_url("public-round", round_.slug, language=to.language),
            "chosen": "- {} ({})".format(
                _("How do we notice loneliness in time?"), organisation_name()
            ),
        }

    source = _("Round %(code)s") % {"code": real.code} if real else ""
    return Example(values, "Aino Virtanen", source)
