"""The report of a whole round, as an accessible PDF."""
