"""What this step tells others: its parts of a round's public page."""

from minno_portal.public_pages import depends_on
from rounds.call.sections import provides_section
from rounds.challenges.helping.history.sources import tells_history
from rounds.challenges.helping.similar import provides_similar
from rounds.challenges.models import Challenge
from rounds.outcomes import history, kit, public, reminders
from rounds.outcomes.models import Outcome
from rounds.outcomes.similar import similar_outcomes

__all__ = ["kit", "reminders"]

depends_on(Challenge, Outcome)
provides_section(public.chosen_challenges)
provides_section(public.published_outcomes)
provides_similar(similar_outcomes)
tells_history(*history.SOURCES)
