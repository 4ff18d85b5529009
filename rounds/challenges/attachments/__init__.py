"""The files that an association sends with its challenge."""
