"""What planning tells the later steps; handlers run inside the service's transaction.

Both are sent with `round` (the saved round) and `actor` (the coordinator who did it).
"""

from django.dispatch import Signal

# A round has been laid out: later steps add what every round starts with. `source` is the earlier
# round that it is a copy of, or None: then it starts from the standard.
round_created = Signal()
# A round has been given its public page.
round_published = Signal()
