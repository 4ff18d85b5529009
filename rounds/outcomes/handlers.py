"""What this step tells others: its parts of a round's public page."""

from minno_portal.public_pages import depends_on
from rounds.call.sections import provides_section
from rounds.challenges.models import Challenge
from rounds.outcomes import public
from rounds.outcomes.models import Outcome

depends_on(Challenge, Outcome)
provides_section(public.chosen_challenges)
provides_section(public.published_outcomes)
