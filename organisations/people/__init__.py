"""People: signing in, the second factor, what one tells of oneself."""
