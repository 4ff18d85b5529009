"""What challenges tell the later steps; handlers run inside the service's transaction."""

from django.dispatch import Signal

# The association has withdrawn a challenge; sent with `challenge` (locked and saved, its round
# locked, too) and `was`, the status that it had.
challenge_withdrawn = Signal()
