"""Who acts for which organisation, and who is asked to."""
