"""Who takes part: people, organisations, memberships, partnerships."""
