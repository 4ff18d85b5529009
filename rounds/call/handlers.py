"""Kept public pages are forgotten when a round or the parties behind it change."""

from minno_portal.public_pages import depends_on
from organisations.models import Organisation, Partnership
from rounds.planning.models import Round

depends_on(Round, Partnership, Organisation)
